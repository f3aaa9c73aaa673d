"""Word forms made equal: plural and singular, third person and base form. A form that no rule knows stays as it is,
so that two terms are never taken for one.
"""

import re
from typing import Final

_PLURALS: Final = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "persons": "person", "mice": "mouse",
    "geese": "goose", "teeth": "tooth", "feet": "foot", "oxen": "ox", "wolves": "wolf", "leaves": "leaf",
    "knives": "knife", "lives": "life", "wives": "wife", "thieves": "thief", "shelves": "shelf", "halves": "half",
    "calves": "calf", "loaves": "loaf", "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato",
    "mangoes": "mango", "buses": "bus", "gases": "gas", "lenses": "lens", "sportsmen": "sportsman",
    "businessmen": "businessman", "policemen": "policeman", "fishermen": "fisherman", "gentlemen": "gentleman",
    "criteria": "criterion", "phenomena": "phenomenon", "cacti": "cactus", "alumni": "alumnus",
}  # fmt: skip
_VERBS: Final = {"has": "have", "does": "do", "goes": "go", "is": "be", "are": "be", "was": "be", "were": "be"}
_SIBILANT: Final = ("ches", "shes", "xes", "sses", "zzes")
_UNCHANGED: Final = ("ss", "us", "is")
_SAME: Final = frozenset({"series", "species", "physics", "mathematics", "maths", "economics", "politics", "news"})
_MARKS: Final = re.compile(r"[*_`\"“”‘’()\[\]]+")


def singular(word: str) -> str:
    """The singular of a noun in lower case; a singular stays as it is."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_UNCHANGED) or word in _SAME:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_SIBILANT) else word[:-1]


def is_plural(word: str) -> bool:
    return singular(word) != word


def base(verb: str) -> str:
    """The base form of a verb in the present tense, in lower case."""
    return _VERBS.get(verb) or singular(verb) if verb not in _PLURALS else verb


def unmarked(text: str) -> str:
    """The words without emphasis, quotation marks and brackets, blanks made one."""
    return " ".join(_MARKS.sub(" ", text.replace("’s", "'s").replace("n’t", "n't")).split())
