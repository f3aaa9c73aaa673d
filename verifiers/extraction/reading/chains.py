"""Stretches of mathematics to chains of relations: cut where formulas end, read term by term.

What is handed to the notation has the length of the raw text, with delimiters, alignment marks and glosses blanked, so
offsets stay exact.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.document import Term
from verifiers.extraction.reading.plain import Plain
from verifiers.notation.reading import Options, Reading, Unread, read_chain

_BREAK: Final = re.compile(
    r"(?P<row>\\\\(?:\s*\[[^\]\n]{0,12}\])?|\\cr\b|\\newline\b)"
    r"|(?P<arrow>\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow|Longleftrightarrow|therefore|because"
    r"|impliedby|Leftarrow)(?![a-zA-Z])|⇒|⟹|⇔|⟺|∴|∵)"
    r"|(?P<gap>\\q?quad(?![a-zA-Z])|(?:\\[ ;:]){2,})"
    r"|(?P<words>\\(?:text|mbox|textrm|textnormal|textit|textbf|intertext)\s*\{(?P<said>[^{}]{0,200})\})"
    r"|(?P<tag>\\(?:tag|label|notag|nonumber)\*?\s*(?:\{[^{}]{0,40}\})?)"
    r"|(?P<begin>\\begin\s*\{(?P<opened>[a-zA-Z*]{1,16})\}(?:\{[^{}]{0,40}\})?)|(?P<end>\\end\s*\{[a-zA-Z*]{1,16}\})"
    r"|(?P<escape>\\[{}%$#&_,;!:| ])|(?P<amp>&)|(?P<open>[{(\[])|(?P<close>[})\]])"
    r"|(?P<comma>[,;](?=\s|\\[ ,;q]))|(?P<and>\\(?:land|wedge|lor|vee|text\{and\})(?![a-zA-Z]))"
)
_BREAKS: Final = re.compile(
    r"&|,|;|⇒|⟹|⇔|⟺|∴|∵|\\(?:[^A-Za-z]|cr|newline|implies|R|L|iff|therefore|because|q?quad|text|mbox|inter"
    r"|tag|label|no|begin|end|land|wedge|lor|vee)"
)
"""Without any of these nothing is cut or masked; commands by their first letters."""
_TRANSPARENT: Final = frozenset({"align", "aligned", "gather", "gathered", "split", "equation", "eqnarray", "alignat"})
_CONNECTIVES: Final = re.compile(
    r"\b(?:and|or|so|if|where|when|for|since|because|thus|hence|then|therefore|but|that is|which|is|are|with|by|as|we"
    r"|given|let|the|gives|implies|from|to|in|otherwise|only|remainder|rem)\b|[,.;:]",
    re.IGNORECASE,
)
_RELATION_FIRST: Final = re.compile(
    r"\s*(?:=|<|>|≈|≤|≥|≠|≡|\\(?:leq?|geq?|leqslant|geqslant|lt|gt|neq?|approx|equiv|simeq|cong)(?![a-zA-Z]))"
)
_TRAILING: Final = re.compile(r"(?:[\s.,;:。]|\\[ ,;!:])+$")
_LEADING: Final = re.compile(r"(?:[\s,;]|\\[,;!: ])+")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One chain as read, not yet set in its sentence."""

    start: int
    end: int
    terms: tuple[Term, ...]
    relations: tuple[str, ...]
    link: str = ""
    """What stands between this piece and the one before in the same stretch: "implies", "and", "row", words."""
    labels: tuple[str, ...] = ()
    cut: bool = False
    ambiguous: bool = False
    """See `Reading.ambiguous`."""


def blanked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """`text[start:end]` with the spans overwritten by blanks."""
    pieces = []
    position = start
    for left, right in sorted(spans):
        left, right = max(left, position), min(right, end)
        if right <= left:
            continue
        pieces.append(text[position:left])
        pieces.append(" " * (right - left))
        position = right
    pieces.append(text[position:end])
    return "".join(pieces)


def latex_pieces(text: str, start: int, end: int, options: Options) -> Iterator[Piece]:
    """The chains of a delimited formula: one for each row, each side of an arrow, each equation of a list."""
    options = _latex(options)
    previous: Piece | None = None
    for left, right, masks, link in _merged_lists(text, _cuts(text, start, end)):
        content = blanked(text, masks, left, right)
        lead = _LEADING.match(content)
        offset = left + (lead.end() if lead else 0)
        tail = _TRAILING.search(content)
        stop = left + (tail.start() if tail else len(content))
        if stop <= offset:
            continue
        content = blanked(text, masks, offset, stop)
        if previous is not None and link in ("row", "gap") and _RELATION_FIRST.match(content):
            previous = _continued(previous, content, offset, options)
            continue
        if previous is not None:
            yield previous
        previous = _read(content, offset, options, link)
    if previous is not None:
        yield previous


@lru_cache(64)
def _latex(options: Options) -> Options:
    return msgspec.structs.replace(options, syntax="latex")


def plain_piece(text: str, found: Plain, options: Options) -> Piece:
    """The chain of a formula in prose. Terms made of several words stay unread; so do terms that run on into words."""
    content = blanked(text, [*found.masks, *found.labels], found.start, found.end)
    if found.names is not None:
        name = text[found.names : found.start].strip()
        begin = found.names + (len(text[found.names : found.start]) - len(text[found.names : found.start].lstrip()))
        piece = _read(content, found.start, options, "")
        stop = begin + len(name)
        first = _named(begin, stop, name, options)
        terms = (first, *piece.terms[1:])
        piece = msgspec.structs.replace(piece, start=begin, terms=terms)
    else:
        piece = _read(content, found.start, options, "")
    terms_list = list(piece.terms)
    if found.phrase and re.search(r"\w\s+\w", text[terms_list[-1].start : found.end]):
        last = terms_list[-1]
        terms_list[-1] = _named(last.start, found.end, text[last.start : found.end], options)
    for index in range(1, len(terms_list) - 1):
        term = terms_list[index]
        if term.expr is not None and _glued(text, piece, index):
            terms_list[index] = msgspec.structs.replace(term, expr=None, problem="glued")
    if found.cut_left and terms_list:
        terms_list[0] = msgspec.structs.replace(terms_list[0], expr=None, problem="cut")
    if found.cut_right and terms_list:
        terms_list[-1] = msgspec.structs.replace(terms_list[-1], expr=None, problem="cut")
    for index, term in enumerate(terms_list):
        stop = terms_list[index + 1].start if index + 1 < len(terms_list) else found.end
        if is_lone(term.expr) and any(term.start <= a < stop for a, _ in found.labels):
            terms_list[index] = msgspec.structs.replace(term, expr=None, problem="label")
    labels = tuple(text[a:b].lower() for a, b in found.labels)
    return msgspec.structs.replace(piece, terms=tuple(terms_list), labels=labels)


_NEXT_LINE: Final = re.compile(r"[-−]?\s?[\d.,]+ +(?=[a-zA-Z(\d])")
_UNSPACED: Final = re.compile(r"\d[a-zA-Z(]")
_LETTER_AT_END: Final = re.compile(r"[\w)] +([a-zA-Z])\s*$")


def _glued(text: str, piece: Piece, index: int) -> bool:
    """Whether lines ran together here: `x^2 = 1600 2x^2 = 3200` or `x = 34 / 2 x = 17`, where no space is a product."""
    term = piece.terms[index]
    written = text[term.start : term.end]
    again = _LETTER_AT_END.search(text[term.start : piece.terms[index + 1].start].rstrip("=<>≤≥≈ "))
    first = text[piece.terms[0].start : piece.terms[0].end].strip()
    if again is not None and again.group(1) == first:
        return True
    return _NEXT_LINE.match(written) is not None and _UNSPACED.search(text, piece.start, piece.end) is not None


def _named(start: int, end: int, name: str, options: Options) -> Term:
    """The words that stand for a quantity as one letter: `Sym("total cost")`."""
    if re.fullmatch(r"[^\W\d]\w*", name):
        return _term(start, end, read_chain(name, options).terms[0][2])
    words = re.findall(r"[^\W\d_]+", name.lower())
    if any(c.isdigit() for c in name) or len(words) > 6:
        return Term(start, end, None, "words")
    return Term(start, end, Sym(" ".join(w for w in words if w not in _ARTICLES)))


_ARTICLES: Final = frozenset({"the", "a", "an", "so", "then", "thus", "hence", "therefore", "now", "and"})


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int, list[tuple[int, int]], str]]:
    """`(start, end, blanks, link)` of the pieces between top-level breaks."""
    if not _BREAKS.search(text, start, end):
        yield start, end, [], ""
        return
    depth = 0
    opaque = 0
    begin = start
    link = ""
    masks: list[tuple[int, int]] = []
    for found in _BREAK.finditer(text, start, end):
        kind = found.lastgroup
        if kind == "said":
            kind = "words"
        if kind == "opened":
            kind = "begin"
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "begin":
            if found.group("opened").rstrip("*") in _TRANSPARENT:
                masks.append(found.span())
            else:
                opaque += 1
        elif kind == "end":
            if opaque:
                opaque -= 1
            else:
                masks.append(found.span())
        elif opaque:
            continue
        elif kind in ("amp", "tag"):
            masks.append(found.span())
        elif kind == "row" or (depth == 0 and kind in ("arrow", "gap", "comma", "and")):
            depth = 0
            yield begin, found.start(), masks, link
            begin, masks = found.end(), []
            link = {"arrow": "implies", "comma": "and"}.get(kind, kind)
        elif kind == "words" and depth == 0 and _CONNECTIVES.search(found.group("said")):
            yield begin, found.start(), masks, link
            begin, masks = found.end(), []
            link = found.group("said").strip().lower()
    yield begin, end, masks, link


def _merged_lists(
    text: str, cuts: Iterator[tuple[int, int, list[tuple[int, int]], str]]
) -> Iterator[tuple[int, int, list[tuple[int, int]], str]]:
    """Rejoins "x = 1, 2, 3", which commas had cut: a member without relation sign belongs to the piece before."""
    held: tuple[int, int, list[tuple[int, int]], str] | None = None
    for left, right, masks, link in cuts:
        relation = _has_relation(text[left:right])
        if held is not None and link == "and" and (not relation or not _has_relation(text[held[0] : held[1]])):
            held = (held[0], right, [*held[2], *masks], held[3])
            continue
        if held is not None:
            yield held
        held = (left, right, masks, link)
    if held is not None:
        yield held


_RELATION: Final = re.compile(
    r"[=<>≈≤≥≠≡∈]|\\(?:leq?|geq?|leqslant|geqslant|lt|gt|neq?|approx|equiv|simeq|cong|in|mid|sim)(?![a-zA-Z])"
)


def _has_relation(text: str) -> bool:
    return _RELATION.search(text) is not None


def _term(start: int, end: int, tree: Expr | Unread) -> Term:
    if isinstance(tree, Unread):
        return Term(start, end, None, tree.reason)
    return Term(start, end, tree)


def _read(content: str, offset: int, options: Options, link: str) -> Piece:
    reading: Reading = read_chain(content, options)
    terms = tuple(_term(offset + a, offset + b, tree) for a, b, tree in reading.terms)
    return Piece(
        start=offset,
        end=offset + len(content),
        terms=terms,
        relations=reading.relations,
        link=link,
        ambiguous=reading.ambiguous,
    )


def _continued(piece: Piece, content: str, offset: int, options: Options) -> Piece:
    """`a` and, on the next row, `= b`."""
    more = _read(content, offset, options, "")
    if not more.relations:
        return piece
    return msgspec.structs.replace(
        piece,
        end=more.end,
        terms=piece.terms + more.terms[1:],
        relations=piece.relations + more.relations,
        ambiguous=piece.ambiguous or more.ambiguous,
    )


def is_lone(expr: Expr | None) -> bool:
    """A literal or letter, signed or not: nothing was computed in it."""
    while isinstance(expr, Apply) and expr.head in ("neg", "percent", "degree", "quantity"):
        expr = expr.args[0]
    return not isinstance(expr, Apply)
