"""Questions whose formulas stand bare in the prose: "If x + y = 7, find 2x + 2y." gets its dollar signs.

A run of tokens is a formula where operators join them, or where a token can be no word. Numbers by themselves stay
prose. What is marked wrongly is not read later, and then the question is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

_DELIMITED: Final = re.compile(r"\$|\\\(|\\\[|\\begin\{(?:align|equation|gather|eqnarray)")
_MATHEMATICAL: Final = re.compile(r"[\\^=<>+/|]|\b[b-zB-HJ-Z]\b")
_SIGN: Final = re.compile(r"[\\^_=<>≤≥≠≡+*/·×÷|]")
_OPERATOR: Final = re.compile(
    r"[-+*/=<>≤≥≠≡·×÷−]|\\(?:cdot|times|div|pm|le|leq|ge|geq|ne|neq|equiv|star|otimes|oplus|cdots|ldots|dots|dotsm"
    r"|lt|gt|cap|cup|mid|pmod\{\d+\}|pmod \d+)|\(mod \w+\)|\.\.\.|…"
)
_OPEN_ENDED: Final = re.compile(rf"(?:{_OPERATOR.pattern}|[(\[{{,])\Z")
_OPEN_STARTED: Final = re.compile(rf"(?:{_OPERATOR.pattern})")
_LETTERS: Final = re.compile(
    r"\\[A-Za-z]+|(?:sin|cos|tan|cot|sec|csc|log|ln|gcd|lcm|mod|max|min|sqrt|exp)(?![a-z])|[A-Za-z]{2,}"
)
_NUMBER: Final = re.compile(r"[-−]?\d[\d,.]*%?")
_TERM: Final = re.compile(r"\d*[a-zA-Z]['!]?|\d+[a-z]{2}|[a-zA-Z]\([a-z0-9, ]{1,12}\)")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th|cm|mm|km|kg|am|pm|ft|in|ml|s)")
_INNER: Final = r"(?:\\[A-Za-z]+|\b[A-Za-z]\b|mod |[^()A-Za-z])*"
_TOKEN: Final = re.compile(
    rf"((?:\\begin\{{[a-z]*matrix\}}.*?\\end\{{[a-z]*matrix\}}"
    rf"|\({_INNER}(?:\({_INNER}\){_INNER})*\)|\{{[^{{}}]*\}}|\\ |\S)+?)"
    r"((?:!(?=\s*\Z))?[.,;:?]*)(\s+|\Z)"
)
_ARTICLE: Final = frozenset({"a", "A", "I"})
_AFTER_LETTER: Final = frozenset(
    {"do", "does", "is", "are", "and", "or", "such", "that", "for", "if", "when", "so", "satisfies", "be", "with"}
)
_SUFFIXED: Final = re.compile(r"([a-zA-Z])(-(?:axis|value|values|intercept|intercepts|coordinate|coordinates)\b.*)")
_LONGEST: Final = 1_500


def delimited(question: str) -> str:
    """The question with dollar signs around its formulas, where it has no delimiters of its own."""
    if len(question) > _LONGEST or _DELIMITED.search(question) or not _MATHEMATICAL.search(question):
        return question
    marked = list(_marked(list(_tokens(question))))
    return "".join(marked) if all(map(_balanced, marked)) else question


def _balanced(piece: str) -> bool:
    return "$" not in piece or all(piece.count(a) == piece.count(b) for a, b in ("()", "[]", "{}"))


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """`(token, its punctuation, the space after it)`; brackets are closed within a token where they can be."""
    for match in _TOKEN.finditer(text):
        word, after, space = match.groups()
        yield word, after, space


def _kind(word: str, after: str, following: str) -> str:
    """`sure`, `weak` (a number, which takes part only beside an operator), `operator` or `word`."""
    if _OPERATOR.fullmatch(word):
        return "operator"
    if _NUMBER.fullmatch(word) or (_known(word) and not word.startswith("\\")):
        return "weak"
    if word.startswith("\\begin{"):
        return "sure"
    if word in _ARTICLE:
        return "sure" if after or following in _AFTER_LETTER or _OPEN_STARTED.match(following) else "word"
    if any(len(m) > 1 and not m.startswith("\\") and not _known(m) for m in _LETTERS.findall(word)):
        return "word"
    if _ORDINAL.fullmatch(word):
        return "word"
    if _TERM.fullmatch(word) or _SIGN.search(word) or re.fullmatch(r"[({].*[)}]", word):
        return "sure"
    return "sure" if re.fullmatch(r"[-+(\d]?[\w()^{},.'!-]*[a-z\d)!]", word) and re.search(r"\d|\(", word) else "word"


def _known(word: str) -> bool:
    return word in ("sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "gcd", "lcm", "mod", "sqrt", "exp") or (
        1 < len(word) <= 3 and word.isalpha() and word.islower() and word not in _SHORT
    )


_SHORT: Final = frozenset(
    {"am", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "cm", "do", "for", "ft", "has", "he", "her"}
    | {"his", "how", "if", "in", "is", "it", "its", "kg", "km", "let", "may", "me", "mm", "my", "no", "nor", "not"}
    | {"of", "off", "old", "on", "one", "or", "our", "out", "pm", "set", "she", "six", "so", "sum", "ten", "the", "to"}
    | {"too", "two", "up", "us", "use", "was", "way", "we", "who", "why", "you", "all", "bag", "box", "day", "die"}
    | {"men", "new", "odd", "per", "red", "row", "ball", "yes", "age", "did", "get", "had", "him", "now", "put", "say"}
)


def _marked(tokens: list[tuple[str, str, str]]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        word, after, space = tokens[at]
        if suffixed := _SUFFIXED.fullmatch(word):
            yield f"${suffixed.group(1)}${suffixed.group(2)}{after}{space}"
            at += 1
            continue
        end = _run(tokens, at)
        if end == at:
            yield word + after + space
            at += 1
            continue
        inside = "".join(w + a + s for w, a, s in tokens[at : end - 1]) + tokens[end - 1][0]
        yield f"${inside}${tokens[end - 1][1]}{tokens[end - 1][2]}"
        at = end


def _run(tokens: list[tuple[str, str, str]], start: int) -> int:
    """The end of the formula that begins with the token; the start itself where none does."""
    kinds: list[str] = []
    end = start
    while end < len(tokens):
        word, after, _ = tokens[end]
        kind = _kind(word, after, tokens[end + 1][0] if end + 1 < len(tokens) else "")
        if kind == "word":
            break
        if kinds and kind != "operator" and kinds[-1] != "operator":
            previous = tokens[end - 1][0]
            if not (_OPEN_ENDED.search(previous) or _OPEN_STARTED.match(word) or _glued(previous, word)):
                break
        kinds.append(kind)
        end += 1
        if after:
            break
    while kinds and kinds[-1] == "operator" and not tokens[end - 1][0].startswith(("\\", "(mod")):
        kinds.pop()
        end -= 1
    return end if "sure" in kinds or ("operator" in kinds and len(kinds) > 1) else start


def _glued(left: str, right: str) -> bool:
    """`\\sin x`, `\\frac{1}{2} x`, `f(x) f(y)`: products and applications over a space."""
    return left.startswith("\\") or right.startswith(("\\", "(")) or (left.endswith(")") and right.endswith(")"))
