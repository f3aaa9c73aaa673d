"""The door of the package: text in, tree or the reason why not out. Never raises on any text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, Text, violation
from verifiers.notation import numbers
from verifiers.notation.cursor import StoppedReading
from verifiers.notation.evidence import Evidence, evidence_of
from verifiers.notation.grammar import Parser
from verifiers.notation.lexer import MAX_LENGTH, tokens_of
from verifiers.notation.options import Options, Reading, Reason, Unread
from verifiers.notation.pieces import EDGES, alignment, levels, outer_rows, pieces, unbraced, unnested
from verifiers.notation.prefixes import READERS
from verifiers.notation.statements import statement
from verifiers.notation.tokens import Token
from verifiers.notation.trees import modular, without_modulus

__all__ = ["Options", "Reading", "Reason", "Unread", "ambiguous", "read", "read_chain", "read_chains"]

DEFAULT: Final = Options()
_TOO_LONG: Final = Unread("too_large", f"more than {MAX_LENGTH} characters")
_LATEX: Final = re.compile(r"\\|[\^_]\{|\$[^$]*[^\s$]\$")
_PAIRS: Final = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("**", "**"), ("<<", ">>"), ("`", "`"))
_OPENING: Final = frozenset(opening[0] for opening, _ in _PAIRS)
_PROSE: Final = re.compile(r"(?:\\text(?:bf|rm)?\{)?\s*([A-Za-z][A-Za-z ,.'’-]{0,200})\s*\}?")
_EMPTY: Final = frozenset({
    "no solution", "no solutions", "no real solution", "no real solutions", "empty set", "the empty set",
    "there is no solution", "there are no solutions", "no such solution", "no solution exists",
})  # fmt: skip
_PHRASES: Final = {
    **dict.fromkeys(_EMPTY, Const("empty")), "all real numbers": Const("reals"), "all reals": Const("reals"),
    "true": Const("true"), "false": Const("false"), "infinity": Const("inf"), "all integers": Const("integers"),
}  # fmt: skip
_REMEMBERED: Final = 120
"""Code points of the formulas that are read once only."""
_CYCLE: Final = re.compile(r"(\d*\.\d*)(?:\((\d+)\)|((?:\d\u0305)+))")


def read(text: str, options: Options = DEFAULT) -> Expr | Unread:
    """The whole text as one tree: an expression, a relation (a chain becomes `and`), alternatives ("x = 1 or
    x = 2" becomes `or`), a list ("1, 2 and 3"), "no solution" (`Const("empty")`), words (`Text`).
    """
    return _read(text, options)[0]


def ambiguous(text: str, options: Options = DEFAULT) -> bool:
    """Is a second reading of the text usual? See `Reading.ambiguous`."""
    return _read(text, options)[1]


def _read(text: str, options: Options) -> tuple[Expr | Unread, bool]:
    if len(text) > MAX_LENGTH:
        return _TOO_LONG, False
    start, end = stripped(text)
    if start == end:
        return Unread("empty", "nothing to read"), False
    body = text[start:end]
    prose = _PROSE.fullmatch(body) if body[0].isalpha() or body.startswith("\\text") else None
    if prose is not None and (phrase := _PHRASES.get(prose[1].strip(" .").lower())) is not None:
        return phrase, False
    cycle = _CYCLE.fullmatch(body)
    latex = is_latex(text, options)
    tokens = unbraced(tokens_of(body, latex, options.letters, options.decimal_comma))
    parser = Parser(unnested(tokens), options, latex, evidence_of(tokens, options))
    try:
        if cycle is not None:
            digits = cycle[2] or cycle[3].replace("\u0305", "")
            return numbers.repeating(cycle[1], digits, options.bounds.digits), False
        expr = statement(parser)
    except StoppedReading as stopped:
        if prose is not None and stopped.reason == "unreadable" and len(prose[1]) > 1:
            return Text(prose[1].strip(" .")), False
        return Unread(stopped.reason, stopped.message, start + stopped.at), parser.ambiguous
    except numbers.TooLarge as problem:
        return Unread("too_large", str(problem), start), False
    except RecursionError:
        return Unread("too_large", "nested too deep", start), False
    if isinstance(expr, Sym) and prose is not None and len(tokens) == 2 and tokens[0].kind in ("words", "word"):
        return Text(prose[1].strip()), False
    message = violation(expr, options.bounds)
    return (expr if message is None else Unread("too_large", message, start)), parser.ambiguous


def read_chain(text: str, options: Options = DEFAULT) -> Reading:
    """The text cut at its top-level relation signs, each term read by itself. Always at least one term."""
    return _remembered(text, options) if len(text) <= _REMEMBERED else _read_chain(text, options)


@lru_cache(2048)
def _remembered(text: str, options: Options) -> Reading:
    """Two formulas of an answer out of five have stood in it before."""
    return _read_chain(text, options)


def _read_chain(text: str, options: Options) -> Reading:
    if len(text) > MAX_LENGTH:
        return Reading(((0, len(text), _TOO_LONG),), ())
    start, end = stripped(text)
    tokens, latex, evidence = _lexed(text, start, end, options)
    return _chain(tokens, text, options, latex, evidence)


def read_chains(text: str, options: Options = DEFAULT) -> tuple[Reading, ...]:
    """Every chain of a display: rows, and statements between commas, `and`, `or`, `⟹` and words are read apart. A row
    that begins with a relation continues the chain before it; `x = 1, 2` stays one chain.
    """
    if len(text) > MAX_LENGTH:
        return (Reading(((0, len(text), _TOO_LONG),), ()),)
    start, end = stripped(text)
    tokens, latex, evidence = _lexed(text, start, end, options)
    return tuple(_chain(piece, text, options, latex, evidence) for piece in pieces(outer_rows(tokens)))


def stripped(text: str) -> tuple[int, int]:
    """The stretch of a text inside its delimiters, emphasis and end punctuation."""
    start, end = 0, len(text)
    for _ in range(6):
        before = (start, end)
        while start < end and text[start].isspace():
            start += 1
        while start < end and (text[end - 1].isspace() or (text[end - 1] in ".,;:" and text[end - 3 : end] != "...")):
            end -= 1
            if text[end : end + 1] in ".,;:" and text[end - 1 : end] == "\\":
                end -= 1
        for opening, closing in _PAIRS if text[start : start + 1] in _OPENING else ():
            inner = (start + len(opening), end - len(closing))
            around = text.startswith(opening, start, end) and text.endswith(closing, start, end)
            sole = opening not in ("$", "`") or text.find(opening, inner[0], inner[1]) < 0
            if around and sole and inner[0] <= inner[1]:
                start, end = inner
                break
        if (start, end) == before:
            break
    return start, end


def is_latex(text: str, options: Options) -> bool:
    if options.syntax != "auto":
        return options.syntax == "latex"
    return _LATEX.search(text) is not None


def _lexed(text: str, start: int, end: int, options: Options) -> tuple[list[Token], bool, Evidence]:
    body = text[start:end]
    latex = is_latex(text, options)
    tokens = unbraced(tokens_of(body, latex, options.letters, options.decimal_comma))
    if start:
        tokens = [Token(kind, value, start + a, start + b) for kind, value, a, b in tokens]
    return tokens, latex, evidence_of(tokens, options)


def _chain(tokens: Sequence[Token], text: str, options: Options, latex: bool, evidence: Evidence) -> Reading:
    depths = levels(tokens)
    bars = [at for at, token in enumerate(tokens) if token.kind == "|" and not depths[at]]
    terms: list[tuple[int, int, Expr | Unread]] = []
    relations: list[str] = []
    modulus: Expr | Unread | None = None
    begin = 0
    ambiguity = False
    aligned = alignment(tokens)
    for at, token in enumerate(tokens):
        kind = token.kind
        divides = kind == "|" and bars == [at] and 0 < at < len(tokens) - 2
        if not (kind == "stop" or divides or (kind == "rel" and not depths[at])):
            continue
        first = not terms
        segment = [t for place, t in enumerate(tokens[begin:at], begin) if place not in aligned]
        place = tokens[begin - 1].end if begin else tokens[0].start
        term, found, doubtful = _term(segment, place, options, latex, evidence, first or kind == "stop")
        ambiguity |= doubtful
        modulus = found if found is not None else modulus
        terms.append(term)
        if kind == "stop":
            start, end, last = term
            if relations and relations[-1] in ("eq", "congruent") and modulus is None and not isinstance(last, Unread):
                last, modulus = without_modulus(last)
                terms[-1] = (start, end, last)
            break
        relations.append("divides" if divides else token.value)
        begin = at + 1
    if modulus is not None:
        relations = modular(relations)
    return Reading(tuple(terms), tuple(relations), modulus, ambiguity)


def _term(
    tokens: list[Token], place: int, options: Options, latex: bool, evidence: Evidence, outer: bool
) -> tuple[tuple[int, int, Expr | Unread], Expr | Unread | None, bool]:
    while tokens and tokens[0].kind in EDGES:
        tokens = tokens[1:]
    while tokens and tokens[-1].kind in EDGES:
        tokens = tokens[:-1]
    if not tokens:
        return (place, place, Unread("empty", "nothing to read", place)), None, False
    start, end = tokens[0].start, tokens[-1].end
    parser = Parser(unnested([*tokens, Token("stop", "", end, end)]), options, latex, evidence)
    modulus: Expr | Unread | None = None
    try:
        expr = parser.expression()
        items = [expr]
        while outer and parser.kind in (",", ";", "and"):
            while parser.kind in (",", ";", "and", "gap"):
                parser.take()
            items.append(parser.expression())
        if len(items) > 1:
            expr = Apply("list", tuple(items))
        stopped_at = parser.tokens[parser.at - 1].end
        modulus = parser.modulus()
        if outer:
            _skip_remark(parser)
        if parser.kind != "stop":
            raise parser.stop("the end expected")
        message = violation(expr, options.bounds)
        if message is not None:
            return (start, end, Unread("too_large", message, start)), modulus, parser.ambiguous
        return (start, stopped_at, expr), modulus, parser.ambiguous
    except StoppedReading as stopped:
        return (start, end, Unread(stopped.reason, stopped.message, stopped.at)), modulus, parser.ambiguous
    except numbers.TooLarge as problem:
        return (start, end, Unread("too_large", str(problem), start)), modulus, parser.ambiguous
    except RecursionError:
        return (start, end, Unread("too_large", "nested too deep", start)), modulus, parser.ambiguous


def _skip_remark(parser: Parser) -> None:
    """Words after the last term, in brackets or behind a space, are a remark on it."""
    tokens, at = parser.tokens, parser.at
    if (
        tokens[at].kind == "gap"
        or tokens[at].kind == "words"
        or (tokens[at].kind == "(" and tokens[at + 1].kind == "words")
    ):
        parser.at = len(tokens) - 1


assert READERS
