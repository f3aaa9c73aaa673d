"""Questions on who is older, faster, tastier, without seats or ranks: every name has a value on one scale, and the
statements compare the values.
"""

import re
from typing import Final

from verifiers.claims import Deduction
from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.reasoning.arguments import denied
from verifiers.extraction.reasoning.lemmas import singular, unmarked
from verifiers.extraction.reasoning.options import Item, OptionSaid, Posed, of_numbered
from verifiers.extraction.reasoning.posed import Question
from verifiers.logic.problems import Problem, Statement, negation
from verifiers.logic.signature import REAL, Signature, Symbol

_PAIRS: Final = (
    ("old", "young"), ("tall", "short"), ("heavy", "light"), ("fast", "slow"), ("rich", "poor"), ("great", "small"),
    ("large", "small"), ("big", "small"), ("high", "low"), ("much", "little"), ("strong", "weak"), ("good", "bad"),
    ("cheap", "dear"), ("senior", "junior"), ("hot", "cold"), ("long", "short"), ("thick", "thin"), ("bright", "dim"),
)  # fmt: skip
_SCALES: Final = {
    "great": "amount", "large": "amount", "big": "amount", "small": "amount", "high": "amount", "low": "amount",
    "much": "amount", "little": "amount",
}  # fmt: skip
_IRREGULAR: Final = {
    "more": "much", "less": "little", "fewer": "little", "most": "much", "least": "little", "better": "good",
    "best": "good", "worse": "bad", "worst": "bad", "elder": "old", "eldest": "old",
}  # fmt: skip
_NO_COMPARATIVE: Final = frozenset(
    {"other", "rather", "whether", "either", "neither", "together", "another", "number", "order", "member", "after"}
    | {"never", "paper", "river", "winter", "over", "under", "ever", "father", "mother", "brother", "sister", "test"}
    | {"rest", "west", "east", "interest", "water", "teacher", "player", "runner", "latter", "former", "her", "per"}
)
_VERB: Final = (
    r"(?:is|are|was|were|runs?|ran|scored?|scores|has|have|had|gets?|got|earns?|earned|weighs?|obtained|secured|walks?"
    r"|drives?|drove|studies|swims?|sells?|costs?|jumps?)"
)
_NAME: Final = r"(?P<{}>(?:the )?[A-Za-z][\w']*(?: [a-z][\w']*){{0,2}}?)"
_OBJECT: Final = r"(?: (?:marks|points|money|runs|goals|weight))?"
_COMPARED: Final = re.compile(
    rf"^(?:{_NAME.format('a')} (?:{_VERB} )?)?(?P<not>not )?(?P<word>more|less|fewer|\w+er){_OBJECT} than (?P<b>.+)$"
)
_EQUAL: Final = re.compile(
    rf"^(?:{_NAME.format('a')} (?:{_VERB} )?)?(?P<not>not )?(?:as|so) (?P<word>\w+) as (?P<b>.+)$"
)
_SAME: Final = re.compile(
    rf"^{_NAME.format('a')} and {_NAME.format('b')} (?:are|have|is) (?:of )?(?:the )?(?:same|equal) (?P<word>age"
    rf"|height|weight|size)$"
)
_SUPERLATIVE: Final = re.compile(
    rf"^{_NAME.format('a')} (?:{_VERB}) (?P<not>not )?(?:the )?(?P<word>most|least|\w+est)(?P<adjective> [a-z]+)??"
    r"(?: (?:of|among) (?:all|them|these|those|the \w+)(?: \w+){0,2}| one| marks| runner)?$"
)
_SIGNS: Final = re.compile(r"^(?P<a>[A-Za-z]\w*) ?(?P<sign><|>|=|≤|≥) ?(?P<b>[A-Za-z]\w*)$")
_WHO: Final = re.compile(
    rf"\b(?:who|which)(?: one)?(?: (?:of|among|amongst) [\w, ]+?)? (?:{_VERB}) (?:the )?(?P<word>\w+est|most|least)\b"
)
_MEASURE: Final = {"age": "old", "height": "tall", "weight": "heavy", "size": "amount"}
_OPEN: Final = re.compile(
    r"\b(?:cannot be (?:determined|told)|can['’]t|(?:data|information)\b.{0,20}(?:inadequate|insufficient"
    r"|not sufficient)"
    r"|none of|neither of|nothing)\b",
    re.IGNORECASE,
)
_CLAUSES: Final = re.compile(rf"[,;] (?:and )?(?=[A-Z]\w* (?:{_VERB}|[<>]) )| and (?=\w+ [<>])")
_CONCLUDES: Final = re.compile(
    r"conclu|infer|follow|must|always|then|certainly|definitely|correct|true|who|which",
    re.IGNORECASE,
)
_FACED: Final = {"<": "lt", ">": "gt", "=": "eq", "≤": "le", "≥": "ge"}
_MOST: Final = 12


class _Scale:
    """One scale, its names as they come up, and the sentences read on it."""

    def __init__(self) -> None:
        self.scale = ""
        self.names: dict[str, str] = {}

    def value(self, name: str) -> Sym | None:
        words = re.sub(r"^(?:[Tt]he|an?) ", "", name).lower().split()
        if not words or len(words) > 3 or any(w in _NO_NAME for w in words):
            return None
        key = " ".join([*words[:-1], singular(words[-1])])
        self.names.setdefault(key, name.removeprefix("the "))
        return Sym(self.names[key])

    def places(self, word: str) -> bool | None:
        """Whether the word points up on the scale, None where it belongs to another."""
        stem = _stem(word)
        if stem is None:
            return None
        up, scale = True, stem
        for high, low in _PAIRS:
            if stem in (high, low):
                up, scale = stem == high, high
                break
        scale = _SCALES.get(scale, scale)
        if self.scale not in ("", scale):
            return None
        self.scale = scale
        return up

    def read(self, text: str) -> Expr | None:
        plain = unmarked(text.replace("&", "and")).strip(" .,;:!")
        if match := re.match(r"^[Ee]ither (.+?),? or (?:else )?(.+)$", plain):
            first, second = self.read(match[1]), self.read(match[2])
            return Apply("or", (first, second)) if first is not None and second is not None else None
        subject = ""
        parts: list[Expr] = []
        for piece in re.split(r",? but (?:is )?|,? and (?=(?:less|more|not|\w+er) )", plain):
            found = self._simple(piece if not subject or _begins(piece) else f"{subject} is {piece}")
            if found is None:
                return None
            subject = subject or _subject(piece)
            parts.append(found)
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def _simple(self, text: str) -> Expr | None:
        if match := _SIGNS.match(text):
            a, b = self.value(match["a"]), self.value(match["b"])
            return Apply(_FACED[match["sign"]], (a, b)) if a is not None and b is not None else None
        if match := _SAME.match(text):
            if self.places(_MEASURE[match["word"]] + "er") is None:
                return None
            a, b = self.value(match["a"]), self.value(match["b"])
            return Apply("eq", (a, b)) if a is not None and b is not None else None
        if (match := _COMPARED.match(text)) and match["a"]:
            return self._compared(match, "lt" if match["not"] is None else "le")
        if (match := _EQUAL.match(text)) and match["a"]:
            return self._compared(match, "eq" if match["not"] is None else "less")
        return None

    def _compared(self, match: re.Match[str], how: str) -> Expr | None:
        up = self.places(match["word"] if how in ("lt", "le") else match["word"] + "er")
        a = self.value(match["a"])
        others = [self.value(n) for n in re.split(r", and |, | and | as well as ", match["b"])]
        if up is None or a is None or not others or re.search(r"\bor\b|\btotal\b", match["b"]):
            return None
        parts: list[Expr] = []
        for b in others:
            if b is None or b == a:
                return None
            low, high = (b, a) if up else (a, b)
            if how == "lt":
                parts.append(Apply("lt", (low, high)))
            elif how == "eq":
                parts.append(Apply("eq", (a, b)))
            else:
                # "not taller than": at most as tall; "not as tall as": shorter.
                parts.append(Apply("le" if how == "le" else "lt", (high, low)))
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))

    def superlative(self, name: str, word: str, others: tuple[str, ...]) -> Expr | None:
        up = self.places(word)
        a = self.value(name)
        if up is None or a is None:
            return None
        apart = [Apply("gt" if up else "lt", (a, Sym(o))) for o in others if o != a.name]
        if not apart:
            return None
        return apart[0] if len(apart) == 1 else Apply("and", tuple(apart))


_NO_NAME: Final = frozenset(
    {"he", "she", "it", "they", "them", "him", "her", "who", "which", "that", "this", "all", "others", "other", "any"}
    | {
        "both",
        "each",
        "none",
        "one",
        "some",
        "every",
        "not",
        "no",
        "if",
        "then",
        "twice",
        "half",
        "than",
        "total",
        "age",
    }
)


def _begins(piece: str) -> bool:
    return _subject(piece) not in ("", "not")


def _subject(piece: str) -> str:
    for pattern in (_COMPARED, _EQUAL):
        if match := pattern.match(piece):
            return match["a"] or ""
    return ""


def _stem(word: str) -> str | None:
    """The adjective of a comparative or superlative."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    ending = "est" if word.endswith("est") else "er" if word.endswith("er") else ""
    if not ending or word in _NO_COMPARATIVE or len(word) < len(ending) + 3:
        return None
    stem = word.removesuffix(ending)
    if stem.endswith("i"):
        stem = stem[:-1] + "y"
    elif len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "gtnd":
        stem = stem[:-1]
    return {"larg": "large", "tastie": "tasty", "strang": "strange", "wis": "wise", "brav": "brave"}.get(stem, stem)


def posed_comparisons(parts: Question) -> Posed | None:
    """The options as conclusions from the comparisons, where all of the statements are comparisons on one scale."""
    if len(parts.statements) > _MOST or not _CONCLUDES.search(parts.asking):
        return None
    scale = _Scale()
    given = [s.text for s in parts.statements]
    if match := re.match(r"^\W*[Ii]f (.+?),? then,? (?=which|who|what)", parts.asking):
        given.append(match[1])
    texts = [piece.strip() for text in given for piece in _CLAUSES.split(text)]
    pending: list[tuple[int, re.Match[str]]] = []
    premises: list[Statement | None] = []
    for text in texts:
        plain = re.sub(r"^if ", "", unmarked(text).strip(" .,;:!"), flags=re.IGNORECASE)
        superlative = _SUPERLATIVE.match(plain)
        if superlative is not None and not superlative["adjective"]:
            pending.append((len(premises), superlative))
            premises.append(None)
            continue
        found = scale.read(plain)
        if found is None:
            return None
        premises.append(Statement(found, text))
    for _, match in pending:
        if scale.value(match["a"]) is None:
            return None
    names = tuple(scale.names.values())
    if len(names) < 3:
        return None
    for at, match in pending:
        found = scale.superlative(match["a"], match["word"], names)
        if found is None or match["not"]:
            return None
        premises[at] = Statement(found, texts[at])
    problem = Problem(
        Signature((), tuple(Symbol(name, (), REAL) for name in names)), tuple(p for p in premises if p is not None)
    )
    asked = _WHO.search(unmarked(parts.asking).lower())
    items: list[Item] = []
    said: list[OptionSaid] = []
    numbers = tuple(c.number for c in parts.conclusions)
    for conclusion in parts.conclusions:
        sentence = _concluded(scale, conclusion.text, None, names)
        if sentence is None or tuple(scale.names.values()) != names:
            scale.names = dict(list(scale.names.items())[: len(names)])
            continue
        told = Deduction(problem=problem, conclusion=Statement(sentence, conclusion.text), modality="must")
        items.append(Item(str(conclusion.number), conclusion.text, (told,)))
    for letter, text in parts.options:
        if numbers:
            said.append(of_numbered(letter, text, numbers, denied=denied(parts)))
            continue
        if _OPEN.search(text):
            others = tuple((other, False) for other, _ in parts.options if other != letter)
            said.append(OptionSaid(letter, text, others))
            continue
        sentence = _concluded(scale, text, asked, names)
        if sentence is None or tuple(scale.names.values()) != names:
            said.append(OptionSaid(letter, text))
            scale.names = dict(list(scale.names.items())[: len(names)])
            continue
        if _DENIED.search(parts.asking):
            sentence = negation(sentence)
        formula = Deduction(problem=problem, conclusion=Statement(sentence, text), modality="must")
        items.append(Item(letter, text, (formula,)))
        said.append(OptionSaid(letter, text, ((letter, True),)))
    return Posed(tuple(items), tuple(said)) if items else None


_DENIED: Final = re.compile(
    r"\b(?:is|are) not (?:correct|true|valid|possible)|\bcannot be (?:true|concluded)",
    re.IGNORECASE,
)


def _concluded(scale: _Scale, text: str, asked: re.Match[str] | None, names: tuple[str, ...]) -> Expr | None:
    plain = unmarked(text).strip(" .,;:!")
    if asked is not None and len(plain.split()) <= 3 and not re.search(r"\bthan\b", plain):
        return scale.superlative(plain, asked["word"], names)
    if (match := _SUPERLATIVE.match(plain)) and not match["not"] and not match["adjective"]:
        return scale.superlative(match["a"], match["word"], names)
    return scale.read(plain)
