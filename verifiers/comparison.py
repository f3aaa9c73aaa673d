"""Are two answers the same? The final answer of each text, and the equality kinds on what was found."""

import re
from typing import Final

import msgspec

from verifiers.equality import logic, magnitude, phrases, words
from verifiers.equality.judge import Judge
from verifiers.equality.outcome import (
    IDENTICAL,
    CompareOptions,
    Comparison,
    Prove,
    different,
    equal,
    undecided,
)
from verifiers.expr import Apply, Expr, Text
from verifiers.extraction.final_answer import LONGEST as MOST_TEXT
from verifiers.extraction.final_answer import Candidate, candidates
from verifiers.notation.reading import Options, Unread, read
from verifiers.notation.units import UNITS

__all__ = ["CompareOptions", "Comparison", "Prove", "compare_exprs", "compare_with"]

LONGEST: Final = 4_000
"""Code points of an answer that are read; what is longer is compared as text."""
_CHOICE: Final = re.compile(
    r"^\s*(?:\\(?:text|textbf|mathbf|mathrm|mathsf|textsf|bf)\s*\{\s*)?(?:\(([A-Ka-k])\)|([A-K])[).:])\s*\}?"
    r"(?:\\[ ,;]|\\q?quad|~|\s)+(\S.*)$",
    re.DOTALL,
)
_GROUPED_BY_POINTS: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d{1,2}")
_CLOSERS: Final = {"(": ")", "{": "}", "[": "]"}
_LONE: Final = re.compile(r"(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer) )?\(?([A-Ka-k])[).:]?")
_COMMA: Final = re.compile(r"-?(?:0,\d+|\d+,(?!\d{3}(?!\d))\d+|\d{4,},\d+)")
_POINT: Final = re.compile(r"-?[$€£]?[\d,]*\.\d+[$€£]?")
_PROSE: Final = re.compile(r"(?<!\\)\b[A-Za-z]{4,}|[A-Za-z]{2,} [A-Za-z]{2,}")
_RUN: Final = re.compile(r"[A-Za-z]{2,}")
_COMMAND: Final = re.compile(r"\\(?:text|mathrm|textbf|mbox|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+")
_CONNECTIVES: Final = frozenset({"or", "and", "to", "by", "mod", "no", "if", "sin", "cos", "tan", "log", "ln", "exp"})
_LETTERS: Final = re.compile(r"[A-Za-z' ]+")
_WORD: Final = re.compile(r"[A-Za-z]\w*")


class Answer(msgspec.Struct, frozen=True):
    """What was found in a text: its words and, where they could be read, their tree."""

    texts: tuple[str, ...]
    expr: Expr | None
    problem: str = ""

    @property
    def words(self) -> str:
        return ", ".join(self.texts)


def compare_with(gold: str, pred: str, options: CompareOptions, prove: Prove) -> Comparison:
    """Whether two texts give the same final answer; `prove` is asked for what takes more than arithmetic.

    Never raises on any text; symmetric.
    """
    if gold == pred and gold.strip():
        return IDENTICAL
    comma = options.decimal_comma is True
    left, right = find_answer(gold, options, comma), find_answer(pred, options, comma)
    outcome = _compare(left, right, options, prove)
    if outcome.label != "equal" and options.decimal_comma is None and _comma_and_point(left, right):
        sides = ((gold, left), (pred, right))
        one, other = (find_answer(text, options, _COMMA.fullmatch(a.words.strip()) is not None) for text, a in sides)
        again = _compare(one, other, options, prove)
        return equal("same with a decimal comma") if again.label == "equal" else outcome
    return outcome


def compare_exprs(a: Expr, b: Expr, options: CompareOptions, prove: Prove) -> Comparison:
    """Whether two trees are the same answer. Symmetric."""
    return Judge(options, prove).same(a, b)


def find_answer(text: str, options: CompareOptions, comma: bool = False) -> Answer:
    """The final answer of a text: the first place, best first, that can be read."""
    first: Answer | None = None
    for candidate in candidates(text):
        if len(candidate.texts) == 1 and _CHOICE.match(candidate.texts[0]):
            return Answer(candidate.texts, None, "unreadable")
        answer = _read(candidate, options, comma)
        if answer.expr is not None and not (isinstance(answer.expr, Text) and candidate.rule in ("formula", "number")):
            return answer
        first = first or answer
        if answer.problem == "too_large" or candidate.rule == "boxed":
            break
    return first or Answer((), None, "empty" if len(text) <= MOST_TEXT else "too_large")


def _read(candidate: Candidate, options: CompareOptions, comma: bool) -> Answer:
    trees: list[Expr] = []
    reading = Options(syntax=options.notation, decimal_comma=comma)
    for text in candidate.texts:
        if len(text) > LONGEST:
            return Answer(candidate.texts, None, "too_large")
        if options.decimal_comma is not False and _GROUPED_BY_POINTS.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        if text.startswith("{") and text.endswith("}") and "{" not in text[1:]:
            text = text[1:-1]
        if text.startswith("]") or text.endswith("["):
            text = "(" * text.startswith("]") + text.removeprefix("]").removesuffix("[") + ")" * text.endswith("[")
        formula = logic.read(text)
        tree = _tree(text, reading, candidate.formula) if formula is None else formula
        if isinstance(tree, Unread):
            return Answer(candidate.texts, None, tree.reason)
        if len(candidate.texts) > 1 and isinstance(tree, Apply) and tree.head == "list":
            trees += tree.args
        else:
            trees.append(tree)
    if not trees:
        return Answer(candidate.texts, None, "empty")
    return Answer(candidate.texts, trees[0] if len(trees) == 1 else Apply("list", tuple(trees)))


def _tree(text: str, options: Options, formula: bool) -> Expr | Unread:
    """Letters run together are a product inside a formula, unless they are a unit or a word."""
    runs = _RUN.findall(_COMMAND.sub(" ", text)) if formula and options.syntax == "auto" else []
    if runs and not any(len(run) > 3 or run in UNITS or run in _CONNECTIVES for run in runs):
        tree = read(text, msgspec.structs.replace(options, syntax="latex"))
        if not isinstance(tree, Unread):
            return tree
    tree = phrases.read(text) or read(text, options)
    if isinstance(tree, Unread) and options.decimal_comma:
        options = msgspec.structs.replace(options, decimal_comma=False)
        tree = read(text, options)
    if not isinstance(tree, Unread) or tree.reason != "unreadable":
        return tree
    if options.syntax == "auto" and not _PROSE.search(text):
        latex = read(text, msgspec.structs.replace(options, syntax="latex"))
        if not isinstance(latex, Unread):
            return latex
    if (closed := _closed(text)) != text:
        return _tree(closed, options, formula)
    return phrases.counted(text) or tree


def _closed(text: str) -> str:
    """The text with brackets that are open at its end closed, where no bracket closes another kind."""
    stack: list[str] = []
    for sign in re.findall(r"\\.|[(){}\[\]]", text):
        if sign in _CLOSERS:
            stack.append(_CLOSERS[sign])
        elif sign in ")}]" and (not stack or stack.pop() != sign):
            return text
    return text + "".join(reversed(stack))


def _compare(left: Answer, right: Answer, options: CompareOptions, prove: Prove) -> Comparison:
    if not left.texts or not right.texts:
        return undecided(next(answer.problem for answer in (left, right) if not answer.texts))
    if left.texts == right.texts:
        return IDENTICAL
    if (chosen := _choices(left.words, right.words, options, prove)) is not None:
        return chosen
    if left.expr is not None and right.expr is not None:
        outcome = compare_exprs(left.expr, right.expr, options, prove)
        return outcome if outcome.label == "equal" or not _same_word(left, right) else equal("same words")
    if words.same_text(left.words, right.words):
        return equal("same words")
    for one, other in ((left, right), (right, left)):
        if one.problem == "too_large" and other.expr is not None and len(one.words) <= LONGEST:
            tree = read(one.words, Options(syntax=options.notation, bounds=magnitude.UNBOUNDED))
            return undecided("too_large") if isinstance(tree, Unread) else magnitude.compare(tree, other.expr)
    unread = [answer for answer in (left, right) if answer.expr is None]
    if len(unread) == 1 and _WORD.fullmatch(unread[0].words):
        return different("words and a value")
    return undecided(unread[0].problem)


def _same_word(left: Answer, right: Answer) -> bool:
    """`odd` in mathematics mode and in words."""
    plain = [
        words.plain(re.sub(r"\\(?:text|mathrm|textbf|mbox)\s*\{([^{}]*)\}", r"\1", a.words)) for a in (left, right)
    ]
    return plain[0] == plain[1] and all(_LETTERS.fullmatch(_dressed(a.words)) for a in (left, right))


def _choices(left: str, right: str, options: CompareOptions, prove: Prove) -> Comparison | None:
    """`(C) 42` against `C`, `42` or `(C) 42`."""
    lone = [_LONE.fullmatch(_dressed(text).strip()) for text in (left, right)]
    if lone[0] and lone[1] and any(not text.isalpha() for text in (left, right)):
        same = lone[0].group(1).upper() == lone[1].group(1).upper()
        return equal("same choice") if same else different("another choice")
    found = [_CHOICE.match(text) for text in (left, right)]
    if not any(found):
        return None
    letters = [match.group(1) or match.group(2) if match else words.plain(_dressed(text))
               for match, text in zip(found, (left, right), strict=True)]  # fmt: skip
    if all(len(letter) == 1 and letter.isalpha() for letter in letters):
        same = letters[0].upper() == letters[1].upper()
        return equal("same choice") if same else different("another choice")
    contents = [match.group(3).rstrip("}") if match else text
                for match, text in zip(found, (left, right), strict=True)]  # fmt: skip
    one, other = (read(text, Options(syntax=options.notation)) for text in contents)
    if isinstance(one, Unread) or isinstance(other, Unread):
        same = words.same_text(contents[0], contents[1])
        return equal("same words") if same else undecided("unreadable")
    return compare_exprs(one, other, options, prove)


def _dressed(text: str) -> str:
    return re.sub(r"\\(?:text|textbf|mathbf|mathrm)\s*\{([^{}]*)\}", r"\1", text)


def _comma_and_point(left: Answer, right: Answer) -> bool:
    pairs = ((left.words, right.words), (right.words, left.words))
    return any(_COMMA.fullmatch(a.strip()) and _POINT.fullmatch(b.strip()) for a, b in pairs)
