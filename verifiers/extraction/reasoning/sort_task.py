"""What is to be sorted, and how: the list of words or numbers that a question gives, its key and its direction."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.expr import Expr, Num, Text

_LONGEST: Final = 8_000
MOST_ITEMS: Final = 200
_FEWEST: Final = 3
_SORTS: Final = re.compile(
    r"\b(?:sort\w*|alphabetic\w*|dictionary order|lexicograph\w*|ascending|descending|(?:in|de)creasing|a (?:to|-) z"
    r"|(?:smallest|least|lowest|shortest|largest|greatest|biggest|highest|longest) (?:first|to)|numerical order)\b",
    re.IGNORECASE,
)
_ALPHABET: Final = re.compile(r"\b(?:alphabetic\w*|dictionary|lexicograph\w*|[az] (?:to|-) [az])\b", re.IGNORECASE)
_PLAIN: Final = re.compile(
    r"\bsort\w* (?:the |these |this |following |given |list of |all )*(?:words|names|list)\b", re.I
)
_SIZE: Final = re.compile(
    r"\b(?:ascending|descending|increasing|decreasing|numerical|smallest|least|lowest|largest|greatest|biggest|highest"
    r"|sort\w*)\b",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    r"\b(?:by (?:their )?length|number of letters|shortest|longest|word length)\b", re.IGNORECASE
)
_OTHER_KEY: Final = re.compile(
    r"\bby (?:the |their )?(?!length|alphabet)(?:\w+ )?(?:last|second|third|vowels?|sum|date|age|size|value of|price"
    r"|year|frequency|number of (?!letters))|\baccording to|\bbased on|\babsolute|\bin order of|\bchronolog"
    r"|\blast letter|\bmeaningful|\blogical|\bsentence|\bascii|\bcase[- ](?:in)?sensitive"
    r"|\bcapital letters? (?:first|before)|\bnot\b",
    re.IGNORECASE,
)
_DOWN: Final = re.compile(
    r"\b(?:descending|decreasing|reverse\w*|backwards?|z (?:to|-) a|(?:largest|greatest|biggest|highest|longest)"
    r" (?:number |value |word )?(?:first|to))\b",
    re.IGNORECASE,
)
_UP: Final = re.compile(
    r"\b(?:ascending|(?<!de)increasing|a (?:to|-) z|(?:smallest|least|lowest|shortest) (?:number |value |word )?"
    r"(?:first|to))\b",
    re.IGNORECASE,
)
_OPTIONS: Final = re.compile(r"\n\s*(?:options|choices)\s*:|\n\s*\(?[A-Ea-e][).]\s", re.IGNORECASE)
_OPTION: Final = re.compile(r"(?:^|\n)\s*\(?([A-Ea-e])[).:]\s*([^\n]{1,400})")
_WORD: Final = r"[^\W\d_][\w'’&-]{0,40}"
_NUMBER: Final = r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?(?:/\d{1,9})?%?"
ONE_NUMBER: Final = re.compile(_NUMBER)
_PHRASE: Final = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}")
_ONE_WORD: Final = re.compile(_WORD)
_RUN: Final = re.compile(
    rf"(?<![\w,])(?:{_NUMBER}(?:, ?|; ?| ))(?:{_NUMBER}(?:,? and |, ?|; ?| ))+{_NUMBER}(?![\w])"
    rf"|(?<![\w'’-])(?:[\"'“‘]?{_WORD}[\"'”’]?, )+(?:and |or )?[\"'“‘]?{_WORD}[\"'”’]?"
    rf"(?:,? and [\"'“‘]?{_WORD}[\"'”’]?)?"
)
_BARE: Final = re.compile(rf"\s*{_WORD}(?:\s+{_WORD}){{2,}}\s*")
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)]|\([a-z0-9]{1,2}\))\s+", re.IGNORECASE)


Direction: TypeAlias = Literal["ascending", "descending", "either"]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """`options` are the choices by letter, as written."""

    items: tuple[Expr, ...]
    by: Literal["alphabet", "value", "length"]
    order: Direction = "ascending"
    options: tuple[tuple[str, str], ...] = ()


@lru_cache(64)
def task(question: str) -> Task | None:
    """The sorting that a question asks for, None where it asks for none or the list, key or direction is unclear."""
    if len(question) > _LONGEST or not _SORTS.search(question):
        return None
    cut = _OPTIONS.search(question)
    body = question[: cut.start()] if cut else question
    told = next((items for items in _lists(body) if items), ())
    if not told:
        return None
    listed = {one.value for one in told if isinstance(one, Text)}
    words = " ".join(word for word in body.split() if word.strip("\"'“”‘’.,;:*[](){}") not in listed)
    if _OTHER_KEY.search(words) or not _SORTS.search(words):
        return None
    up, down = bool(_UP.search(words)), bool(_DOWN.search(words))
    if up and down:
        return None
    numbers = all(isinstance(item, Num) for item in told)
    options = tuple((m[1].upper(), m[2]) for m in _OPTION.finditer(question[cut.start() :])) if cut else ()
    order: Direction = "descending" if down else "ascending"
    if numbers:
        if not _SIZE.search(words) or _LENGTH.search(words):
            return None
        return Task(items=told, by="value", order=order if up or down else "either", options=options)
    if not all(isinstance(item, Text) for item in told):
        return None
    if _LENGTH.search(words):
        return None if _ALPHABET.search(words) else Task(items=told, by="length", order=order, options=options)
    if _ALPHABET.search(words) or _PLAIN.search(words):
        return Task(items=told, by="alphabet", order=order, options=options)
    return None


def told_direction(words: str) -> Direction | None:
    """The direction in which words that announce a list say it goes, None where they tell none."""
    up, down = _UP.search(words) is not None, _DOWN.search(words) is not None
    return None if up == down else "ascending" if up else "descending"


def bare_task(question: str, answer: str) -> Task | None:
    """Words and nothing else, which the answer sorts: nearly all of them stand in it."""
    if len(question) > _LONGEST or not _BARE.fullmatch(question) or not re.search(r"\bsort|\balphabet", answer, re.I):
        return None
    words = question.split()
    said = set(re.findall(_WORD, answer))
    if not _FEWEST <= len(words) <= MOST_ITEMS or sum(word in said for word in words) < 0.8 * len(words):
        return None
    return Task(items=tuple(map(Text, words)), by="alphabet")


def _lists(body: str) -> Iterator[tuple[Expr, ...]]:
    """Places where the list may stand, most explicit first."""
    for bracket in re.finditer(r"\[([^\[\]]{3,4000})\]|\{([^{}]{3,4000})\}", body):
        yield split_items(bracket[1] or bracket[2])
    lines = [line for line in body.splitlines() if line.strip()]
    bullets = [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
    if len(bullets) >= _FEWEST:
        yield _items(bullets)
    for colon in reversed([m.end() for m in re.finditer(r":(?=\s)", body)]):
        line = body[colon:].strip().split("\n\n")[0]
        yield split_items(re.split(r"[.?!](?=\s+[A-Z])", line)[0])
    runs = [split_items(m.group()) for m in _RUN.finditer(body)]
    yield max(runs, key=len, default=())
    if len(lines) > _FEWEST:
        yield _items(lines[1:])
    if len(lines) > 1:
        yield split_items(lines[-1])


def split_items(text: str) -> tuple[Expr, ...]:
    """The items of a list with commas, line breaks or blanks between them; empty where it is none."""
    text = text.strip().rstrip(".!?").strip()
    if re.search(r"[,;\n]\s|;|[\"”'],", text):
        pieces = re.split(r"(?:,(?!\d{3}(?!\d))|;|\n)\s*(?:and |or )?|\s+and\s+", text)
    else:
        pieces = re.split(r"\s+(?:and\s+)?", text)
        if any(_ONE_WORD.fullmatch(p) and p.lower() in ("the", "is", "to", "of", "in") for p in pieces[:-1]):
            return ()
    return _items(pieces)


def _items(pieces: Sequence[str]) -> tuple[Expr, ...]:
    found = [item(_BULLET.sub("", piece)) for piece in pieces if piece.strip()]
    if not _FEWEST <= len(found) <= MOST_ITEMS or None in found:
        return ()
    kinds = {type(one) for one in found}
    return tuple(one for one in found if one is not None) if len(kinds) == 1 else ()


def item(piece: str) -> Expr | None:
    """A number or a word or two, without quotes and emphasis."""
    piece = piece.strip().strip("*_`").strip('"“”‘').rstrip("’'\".").lstrip("'$").rstrip("$").strip()
    if ONE_NUMBER.fullmatch(piece):
        return number(piece)
    return Text(piece) if _PHRASE.fullmatch(piece) else None


def number(text: str) -> Num | None:
    """A decimal, a fraction or a percentage as an exact value."""
    plain = text.replace(",", "").replace("−", "-").lstrip("+")
    value, _, below = plain.rstrip("%").partition("/")
    if below and not int(below):
        return None
    result = Fraction(value) / (int(below) if below else 1)
    return Num(result / 100 if plain.endswith("%") else result)
