"""Terms of a syllogism: what a noun phrase, an adjective or the words after a verb say of a thing `x`.

A term is read word for word: "members of the club" and "a member of the club" are one term, "club members" is another.
What holds a word that changes the meaning of the rest (a quantifier, a comparison, a pronoun) is no term.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.reasoning.lemmas import base, is_plural, singular

X: Final = Sym("x")

_DETERMINERS: Final = frozenset({"the", "a", "an", "these", "those"})
_GENERIC: Final = frozenset({"person", "one", "thing", "those", "anyone", "everyone", "everything", "individual"})
_RELATIVE: Final = frozenset({"who", "that", "which"})
_COPULAS: Final = frozenset({"is", "are", "was", "were"})
_NO_WORD: Final = frozenset(
    {"all", "every", "each", "any", "some", "no", "none", "only", "few", "most", "many", "several", "not", "never"}
    | {"if", "unless", "either", "neither", "or", "nor", "but", "because", "since", "though", "although", "than"}
    | {"more", "less", "between", "it", "they", "them", "this", "he", "she", "his", "her", "their", "its", "there"}
    | {"when", "whenever", "while", "whose", "whom", "what", "therefore", "hence", "thus", "so", "then", "also"}
    | {"always", "sometimes", "often", "usually", "generally", "probably", "likely", "necessarily", "certainly"}
    | {"same", "different", "both", "at", "least", "exactly", "true", "false", "correct", "valid", "follows", "follow"}
    | {"half", "third", "quarter", "fifth", "percent", "twice", "two", "three", "four", "five", "six", "seven", "eight"}
    | {"nine", "ten", "exactly", "about", "is", "are", "was", "were", "am", "will", "did", "does", "do", "has", "had"}
    | {"we", "i", "you", "us", "our", "my", "your", "can't", "cannot", "don't", "doesn't", "isn't", "aren't"}
)
_WORD: Final = re.compile(r"[A-Za-z0-9][\w'’-]*")
_UNREADABLE: Final = re.compile(r"[$\\=<>+^{}|;:?!,&%]|\d\.\d")
_FRACTION: Final = re.compile(r"(?:one|two|three|four)-")
_MOST_WORDS: Final = 9


class Term(msgspec.Struct, frozen=True):
    """What is said of `x`. `atoms` are the predicates in it, with how they read in a model."""

    body: Expr
    atoms: tuple[tuple[str, str], ...]
    plural: bool = False


def atom(name: str, words: str, *, plural: bool = False) -> Term:
    return Term(Apply("call", (Sym(name), X)), ((name, words),), plural)


def denied(term: Term) -> Term:
    return Term(Apply("not", (term.body,)), term.atoms)


def joined(head: str, terms: Iterable[Term]) -> Term:
    """The terms under `and` or `or`."""
    parts = tuple(terms)
    if len(parts) == 1:
        return parts[0]
    return Term(Apply(head, tuple(t.body for t in parts)), tuple(a for t in parts for a in t.atoms), parts[-1].plural)


def noun_phrase(words: list[str], known: frozenset[str] = frozenset()) -> Term | None:
    """A noun phrase or the words after "is": "cats", "members of the club who are married", "divisible by 2". With
    the atoms `known` a phrase made of two of them is both: "married students".
    """
    for at, word in enumerate(words):
        if word in _RELATIVE and at and at + 1 < len(words):
            head = _simple(words[:at], known)
            clause = verb_phrase(words[at + 1 :], known)
            if clause is None:
                return None
            if words[at - 1 : at] and at <= 2 and singular(words[at - 1]) in _GENERIC and (at == 1 or _article(words)):
                return Term(clause.body, clause.atoms, plural=is_plural(words[at - 1]) or words[at - 1] == "those")
            return joined("and", (head, clause)) if head is not None else None
    return _simple(words, known)


def verb_phrase(words: list[str], known: frozenset[str] = frozenset()) -> Term | None:
    """What a verb and the words after it say: "are poor", "do not eat meat", "can swim"."""
    if not words:
        return None
    first, rest = words[0], words[1:]
    if first in _COPULAS or words[:2] in (["will", "be"], ["have", "been"]):
        rest = rest if first in _COPULAS else words[2:]
        return complement(rest, known)
    if first in ("isn't", "aren't", "wasn't", "weren't"):
        found = complement(rest, known)
        return denied(found) if found else None
    if first in ("do", "does", "did") and rest[:1] == ["not"]:
        return _negative(rest[1:])
    if first in ("don't", "doesn't", "didn't"):
        return _negative(rest)
    if first in ("cannot", "can't") or words[:2] == ["can", "not"]:
        found = _action(rest if first != "can" else rest[1:])
        return denied(_able(found)) if found else None
    if first == "can":
        found = _action(rest)
        return _able(found) if found else None
    return _action(words)


def complement(words: list[str], known: frozenset[str] = frozenset()) -> Term | None:
    """What follows "is" or "are"."""
    if words[:1] == ["not"]:
        found = complement(words[1:], known)
        return denied(found) if found else None
    if words[:1] == ["neither"] and "nor" in words:
        at = words.index("nor")
        pair = noun_phrase(words[1:at], known), noun_phrase(words[at + 1 :], known)
        return None if pair[0] is None or pair[1] is None else joined("and", (denied(pair[0]), denied(pair[1])))
    if words[:1] == ["both"]:
        return _coordinated(words[1:], known) if "and" in words else None
    if "and" in words:
        return _coordinated(words, known)
    return noun_phrase(words, known)


def _coordinated(words: list[str], known: frozenset[str]) -> Term | None:
    at = words.index("and")
    pair = noun_phrase(words[:at], known), noun_phrase(words[at + 1 :], known)
    return None if pair[0] is None or pair[1] is None else joined("and", (pair[0], pair[1]))


def _article(words: list[str]) -> bool:
    return words[0] in _DETERMINERS or words[0] in ("all", "any")


def _simple(words: list[str], known: frozenset[str]) -> Term | None:
    single = words[:1] in (["a"], ["an"])
    while words and words[0] in _DETERMINERS:
        words = words[1:]
    if not words or len(words) > _MOST_WORDS or not _NO_WORD.isdisjoint(words):
        return None
    if "and" in words or not _RELATIVE.isdisjoint(words) or words[0][0].isdigit() or _FRACTION.match(words[0]):
        return None
    plural = is_plural(words[-1]) or any(is_plural(w) for w in words[:1])
    if len(words) == 2 and singular(words[1]) in _GENERIC:
        words = words[:1]
    forms = _head_singular(words)
    name = " ".join(forms)
    if known and name not in known:
        for cut in range(1, len(forms)):
            parts = " ".join(forms[:cut]), " ".join(forms[cut:])
            if parts[0] in known and parts[1] in known:
                return joined("and", (atom(parts[0], _is(parts[0], False)), atom(parts[1], _is(parts[1], plural))))
    return atom(name, _is(name, plural or single), plural=plural)


def nominal(term: Term) -> Term:
    """The same term with the words of a noun: "is a vegetable", where "is vegetable" was an adjective."""
    told = tuple((name, _is(name, True) if words == _is(name, False) else words) for name, words in term.atoms)
    return Term(term.body, told, term.plural)


def _head_singular(words: list[str]) -> list[str]:
    """The noun that carries the number (before "of", "in", "with" …) and the last word in the singular."""
    forms = [w for w in words if w not in _DETERMINERS]
    for at, word in enumerate(forms):
        if word in ("of", "in", "with", "from", "for", "on", "by", "to") and at:
            forms[at - 1] = singular(forms[at - 1])
            break
    forms[-1:] = [singular(forms[-1])]
    return forms


def _action(words: list[str]) -> Term | None:
    if not words or len(words) > _MOST_WORDS or not _RELATIVE.isdisjoint(words):
        return None
    if not _NO_WORD.isdisjoint(words[1:]) or (words[0] in _NO_WORD and words[0] not in ("do", "does", "has")):
        return None
    if words[0] in ("would", "may", "might", "must", "should", "can"):
        return None
    if "and" in words:
        return None
    forms = [base(words[0]), *(w for w in words[1:] if w not in _DETERMINERS)]
    if len(forms) > 1:
        forms[-1] = singular(forms[-1])
    name = " ".join(forms)
    return atom(f"to {name}", f"{{}} does {{no}}{name}")


def _negative(words: list[str]) -> Term | None:
    found = _action(words)
    return denied(found) if found else None


def _able(term: Term) -> Term:
    name = term.atoms[0][0].removeprefix("to ")
    return atom(f"can {name}", f"{{}} can {{no}}{name}")


def _is(name: str, noun: bool) -> str:
    if not noun:
        return f"{{}} is {{no}}{name}"
    article = "an" if name[0] in "aeiou" else "a"
    return f"{{}} is {{no}}{article} {name}"


def split_words(text: str) -> list[str] | None:
    """The words of a sentence in lower case, None where something else than words stands in it."""
    if _UNREADABLE.search(text):
        return None
    return [w.replace("’", "'").lower() for w in _WORD.findall(text)]
