"""A question with its mathematics taken out: lower-case words and numbered slots, so that templates are short.

`Find the sum of all $x$ with $x^2=4$.` becomes the sentence `find the sum of all «0» with «1»`. Numbers and number
words of the prose are slots too. Rows of a system and members of a list (`$a=1, b=2$`) get a slot each.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr
from verifiers.extraction.results.written import written_out
from verifiers.notation.reading import Options, Unread, read

LONGEST: Final = 2_500
MOST_SLOTS: Final = 60

_MATHS: Final = re.compile(
    r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\]|\\.)+)\$|\\\[(.+?)\\\]|\\\((.+?)\\\)"
    r"|(\\begin\{(?:align|equation|gather|eqnarray)\*?\}.+?\\end\{(?:align|equation|gather|eqnarray)\*?\})",
    re.DOTALL,
)
_ROWS: Final = re.compile(
    r"\\(?:begin|end)\{(?:aligned|align|cases|gathered|gather|equation|eqnarray|split)\*?\}"
    r"|\\begin\{array\}\{[^{}]*\}|\\end\{array\}"
)
_SYSTEM: Final = re.compile(
    r"\\begin\{(?:aligned|align|cases|gathered|gather|eqnarray|split)\*?\}|\\begin\{array\}\{[rlc@{} ]*\}[^&]*="
)
_WORDS_INSIDE: Final = re.compile(r"\\(?:text|mbox|textrm|mathrm)\s*\{([^{}\\]*[a-z]{2,}[^{}\\]*)\}|\\q?quad")
_FUNCTION_WORDS: Final = re.compile(r"\\mathrm\s*\{\s*(?:lcm|gcd|mod|max|min|log|ln|sin|cos|tan|e|i|d|sgn)\s*\}")
_NUMBER: Final = re.compile(r"(?<![\w.,«-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:/\d+)?(?!\w|\.\d|[,/]\d)(\s?%)?")
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBER_WORDS: Final = {word: value for value, word in enumerate(_UNITS)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_WORD_NUMBER: Final = re.compile(
    r"\b(" + "|".join(w for w in _NUMBER_WORDS if w not in ("zero", "one")) + r")\b|\bone(?=-digit)", re.IGNORECASE
)
_ORDINAL: Final = re.compile(r"\b\d{1,5}(?:st|nd|rd|th)\b")
_ORDINAL_MARK: Final = re.compile(r"\\(?:text|textrm|mathrm|mbox|rm)\s*\{\s*(st|nd|rd|th)\s*\}")
_TRAILING: Final = re.compile(r"(?:\\[,;! ]|[\s.,;?:~])+\Z")
_FACTORIAL_OUTSIDE: Final = re.compile(r"» ?!")
"""`$n$!`: whether that is a factorial or an exclamation changes the question."""
_SENTENCE: Final = re.compile(r"(?<=[.?!])\s+|(?<=[.?!])\Z")
_TAG: Final = re.compile(r"\\tag\*?\s*\{[^{}]*\}|\\label\{[^{}]*\}|\\displaystyle|\\limits|\\nonumber")


class Slot(msgspec.Struct, frozen=True):
    """One stretch of mathematics; `expr` is None where the notation could not be read."""

    text: str
    expr: Expr | None


class Skeleton(msgspec.Struct, frozen=True):
    sentences: tuple[str, ...]
    slots: tuple[Slot, ...]

    def tree(self, index: str | int) -> Expr | None:
        return self.slots[int(index)].expr


def skeleton(question: str) -> Skeleton | None:
    """The question's sentences over slots; None where it is too long or has too much mathematics for a template."""
    if len(question) > LONGEST:
        return None
    question = question.replace("\\n", "\n") if "\n" not in question and "\\n\\n" in question else question
    pieces: list[str] = []
    contents: list[str] = []
    at = 0
    for match in _MATHS.finditer(question):
        _prose(question[at : match.start()], pieces, contents)
        content = next(group for group in match.groups() if group is not None)
        _maths(content, pieces, contents)
        at = match.end()
    _prose(question[at:], pieces, contents)
    if len(contents) > MOST_SLOTS:
        return None
    text = re.sub(r"\s+([,.?!:;])", r"\1", re.sub(r"\s+", " ", "".join(pieces))).strip()
    if _FACTORIAL_OUTSIDE.search(text):
        return None
    functions = frozenset(re.findall(r"(?<![\\a-zA-Z])([a-zA-Z])\([a-z](?:, ?[a-z])*\)\s*=", " ".join(contents)))
    options = Options(functions=functions)
    single = {content.strip() for content in contents if re.fullmatch(r"\s*[a-z]\s*", content)}
    slots = tuple(Slot(content, _read(_apart(content, single), options)) for content in contents)
    return Skeleton(tuple(_sentences(text)), slots)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        stripped = sentence.strip().rstrip(".?!:;, ").strip()
        if stripped:
            yield stripped


def _prose(text: str, pieces: list[str], contents: list[str]) -> None:
    text = text.lower().replace("’", "'").replace("“", '"').replace("”", '"').replace("~", " ").replace("\\$", "$")
    at = 0
    for match in re.finditer(f"{_ORDINAL.pattern}|{_NUMBER.pattern}|{_WORD_NUMBER.pattern}", text):
        word = match.group()
        if _ORDINAL.fullmatch(word):
            word = f"{word[:-2]}^{{{word[-2:]}}}"
        pieces.append(text[at : match.start()])
        value = str(_NUMBER_WORDS[word]) if word in _NUMBER_WORDS else word.replace(",", "").replace("%", "\\%")
        _slot(value, pieces, contents)
        at = match.end()
    pieces.append(text[at:])


def _maths(content: str, pieces: list[str], contents: list[str]) -> None:
    content = _ORDINAL_MARK.sub(r"\1", _TAG.sub("", content))
    if _SYSTEM.search(content):
        content = re.sub(r"\\\\(?:\[[^\]]*\])?", " , ", _ROWS.sub("", content)).replace("&", " ")
    elif content.lstrip().startswith("\\begin{equation"):
        content = _ROWS.sub("", content)
    at = 0
    for match in _WORDS_INSIDE.finditer(content):
        if _FUNCTION_WORDS.fullmatch(match.group()):
            continue
        _list(content[at : match.start()], pieces, contents)
        pieces.append(f" {(match.group(1) or '').lower()} ")
        at = match.end()
    _list(content[at:], pieces, contents)


def _list(content: str, pieces: list[str], contents: list[str]) -> None:
    members = _members(content)
    for position, member in enumerate(members):
        trailing = _TRAILING.search(member)
        body = member[: trailing.start()] if trailing else member
        if body.strip():
            _slot(body.strip(), pieces, contents)
        if trailing and position == len(members) - 1:
            pieces.append(re.sub(r"\\.|[~\s]", "", trailing.group()) + " ")
        elif position < len(members) - 1:
            pieces.append(", ")


def _members(content: str) -> list[str]:
    """Cut at commas and semicolons outside brackets, but not at those of a thousand."""
    cuts: list[str] = []
    depth = start = 0
    for at, char in enumerate(content):
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char in ",;" and depth == 0 and (at == 0 or content[at - 1] != "\\"):
            if re.match(r",\d{3}(?!\d)", content[at:]) and content[:at][-1:].isdigit():
                continue
            cuts.append(content[start:at])
            start = at + 1
    cuts.append(content[start:])
    return cuts if depth == 0 else [content]


def _slot(content: str, pieces: list[str], contents: list[str]) -> None:
    pieces.append(f"«{len(contents)}»")
    contents.append(content)


def _apart(content: str, single: set[str]) -> str:
    """`rs + st`, where r, s and t are letters of the question, as products."""

    def spaced(match: re.Match[str]) -> str:
        return " ".join(match.group()) if set(match.group()) <= single else match.group()

    return re.sub(r"(?<![A-Za-z\\{])[a-z]{2,5}(?![A-Za-z}(])", spaced, content)


def _read(content: str, options: Options) -> Expr | None:
    tree = read(content, options)
    return None if isinstance(tree, Unread) else written_out(tree)


def is_relation(expr: Expr | None) -> bool:
    """Whether the tree is a relation or several of them."""
    if not isinstance(expr, Apply):
        return False
    if expr.head in ("and", "or"):
        return all(is_relation(argument) for argument in expr.args)
    return expr.head in ("eq", "ne", "lt", "le", "gt", "ge", "divides", "congruent", "in", "notin")
