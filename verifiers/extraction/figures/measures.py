"""Lengths, angles and areas that an answer states of the points of a figure that the question determines."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Construction, Span
from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, num, walk
from verifiers.extraction.document import Chain, Document, Mood, Part, Term
from verifiers.extraction.figures.construction import FIGURE, pair, plain_words
from verifiers.extraction.figures.plane import Figure
from verifiers.extraction.figures.points import constructed
from verifiers.extraction.reading.boxes import boxed
from verifiers.notation.reading import Options, Unread, read
from verifiers.verdicts import Remark

_RELATIONS: Final = frozenset({"eq", "lt", "le", "gt", "ge", "ne"})
_NUMBERS: Final = frozenset({"add", "mul", "neg", "div", "pow", "sqrt", "mixed", "degree"})
_OTHERWISE: Final = re.compile(
    r"\b(?:slopes?|arcs?|vectors?|lines?|equation|power|gradient|if|suppose|assum\w+|let|case|would|when"
    r"|of (?:circle|arc)|modulo|approximat\w+|coordinates?|direction|ratio|minimum|maximum|at (?:most|least))\b"
)
_NAMING: Final = re.compile(r"\b(?:[Ll]et|[Dd]enote|[Dd]efine|[Dd]raw|[Cc]onstruct|[Cc]all|[Aa]dd)\b[^.]{0,60}")
_AREA: Final = re.compile(r"\barea of (?:the )?(?:triangle )?\W{0,12}$")
_ASKING: Final = re.compile(
    r"\b(?:find|compute|determine|calculate|what is)(?: the)?(?: (?:length|measure|value) of)?(?: side| segment)?\W*$"
)
_MOST_CLAIMS: Final = 40


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims about the figure of the question, where there is one."""
    if FIGURE.search(document.question.text) is None:
        return
    figure = constructed(document.question)
    if figure is None:
        return
    figure = _undisturbed(document, figure)
    yield from _asked(document, figure)
    count = 0
    for part in document.steps:
        before: Chain | None = None
        for chain in part.chains:
            relation, start = _relation(part, chain, figure), chain.start
            if relation is None and before is not None and before.sentence == chain.sentence:
                relation, start = _said(before, chain, figure), before.start
            before = chain
            if relation is None or count >= _MOST_CLAIMS:
                continue
            count += 1
            yield Claim(
                span=Span(part.step, start, chain.end), text=part.text[start : chain.end],
                formula=_formula(figure, relation),
            )  # fmt: skip


_IS: Final = re.compile(r"^\W*(?:is|equals|is equal to|is given by|is then|is therefore)\W*$")
_LENGTH: Final = re.compile(
    r"\b(?:length|measure|size) of (?:the )?(?:side |segment |median |altitude |hypotenuse )?\W*$"
)


def _said(before: Chain, chain: Chain, figure: Figure) -> Expr | None:
    """ "the area of △ABC is 84", "the length of AM is 12"."""
    target, value = before.terms[0].expr, chain.terms[-1].expr
    area = _AREA.search(before.lead) is not None
    if before.relations or target is None or value is None or not (area or _LENGTH.search(before.lead)):
        return None
    if before.mood is not Mood.ASSERTED or chain.mood is not Mood.ASSERTED or chain.approximate:
        return None
    if not _IS.match(chain.lead) or set(chain.relations) - {"eq"}:
        return None
    measure, number = _in_figure(target, figure, area), _in_figure(value, figure)
    if measure is None or number is None or not free_symbols(measure) or _OTHERWISE.search(chain.trail[:30]):
        return None
    return app("eq", measure, number)


def _undisturbed(document: Document, figure: Figure) -> Figure:
    """Without the points that the answer gives a meaning of its own."""
    renamed: set[str] = set()
    own = plain_words(document.question.text)
    for part in document.steps:
        words = plain_words(part.text)
        for found in _NAMING.finditer(words):
            for name in re.findall(r"(?<![A-Za-z])([A-Z])(?= (?:be|is|as|denote|such|on|to)\b)", found.group()):
                restated = re.search(
                    rf"\b{name} (?:be |is |denote )?(the [a-z-]+ (?:of|from)[^.,]{{0,24}})", found.group()
                )
                if restated is None or restated[1] not in own:
                    renamed.add(name)
    kept = {name: place for name, place in figure.places.items() if name not in renamed or name in figure.corners}
    return Figure(figure.plane, kept, figure.lengths, figure.corners)


def _formula(figure: Figure, relation: Expr) -> Construction:
    used = {n.name for n in walk(relation) if isinstance(n, Sym)} | set(figure.corners)
    points = tuple((name, *figure.plane.coordinates(figure.places[name])) for name in sorted(used))
    given = tuple(
        app("eq", app("pow", app("segment", *(Sym(n) for n in sorted(ends))), num(2)), Num(square))
        for ends, square in sorted(figure.lengths.items(), key=lambda item: sorted(item[0]))
        if ends <= set(figure.corners)
    )
    return Construction(points=points, given=given, relation=relation)


_BRACKETS: Final = re.compile(r"\s*\\?(?:left)?\[\s*([A-Z])\s*([A-Z])\s*([A-Z])\s*\\?(?:right)?\]\s*")


def _side(part: Part, term: Term, figure: Figure, area: bool) -> Expr | None:
    """A term of a chain; `[ABC]` is an area."""
    named = _BRACKETS.fullmatch(part.text, term.start, term.end)
    if named is not None:
        return _measure("triangle", named.groups(), figure)
    return None if term.expr is None else _in_figure(term.expr, figure, area)


def _relation(part: Part, chain: Chain, figure: Figure) -> Expr | None:
    """The chain between measures of the figure, None where anything else occurs in it."""
    if chain.mood is not Mood.ASSERTED or chain.approximate or not chain.relations:
        return None
    if not set(chain.relations) <= _RELATIONS:
        return None
    if _OTHERWISE.search(chain.lead[-60:]) or _OTHERWISE.search(chain.trail[:30]):
        return None
    area = _AREA.search(chain.lead) is not None
    sides = [_side(part, t, figure, area) for t in chain.terms]
    links = []
    for left, relation, right in zip(sides, chain.relations, sides[1:], strict=False):
        if left is not None and right is not None and (free_symbols(left) | free_symbols(right)):
            links.append(app(relation, left, right))
    if None in sides:
        first, last = sides[0], sides[-1]
        if set(chain.relations) != {"eq"} or first is None or last is None or not free_symbols(first):
            return None
        links = [app("eq", first, last)]
    if not links:
        return None
    return links[0] if len(links) == 1 else Apply("and", tuple(links))


def _in_figure(expr: Expr, figure: Figure, area: bool = False) -> Expr | None:
    """With segments and angles as measures; None where it holds anything but those and numbers."""
    ends = pair(expr)
    if ends is not None:
        return _measure("segment", ends, figure)
    match expr:
        case Num():
            return expr
        case Const(name="pi"):
            return expr
        case Apply(head="angle", args=(Sym(name=name),)) if len(name) == 3:
            return _measure("angle", tuple(name), figure)
        case Apply(head="angle", args=(Sym(name=vertex),)) if vertex in figure.corners and len(figure.corners) == 3:
            others = [n for n in figure.corners if n != vertex]
            return _measure("angle", (others[0], vertex, others[1]), figure)
        case Apply(head="triangle", args=(Sym(name=name),)) if area and len(name) == 3:
            return _measure("triangle", tuple(name), figure)
        case Apply(head="mul", args=args):
            return _product(args, figure)
        case Apply(head="cos" | "sin" | "tan", args=(Apply(head="angle") as angle,)):
            inner = _in_figure(angle, figure)
            return None if inner is None else Apply(expr.head, (inner,))
        case Apply(head=head, args=args) if head in _NUMBERS:
            parts = [_in_figure(a, figure) for a in args]
            return None if None in parts else Apply(head, tuple(p for p in parts if p is not None))
    return None


def _measure(head: str, names: tuple[str, ...], figure: Figure) -> Expr | None:
    if len(set(names)) < len(names) or not set(names) <= figure.places.keys():
        return None
    return Apply(head, tuple(Sym(n) for n in names))


def _product(args: tuple[Expr, ...], figure: Figure) -> Expr | None:
    """A product, letters side by side being segments: `1/2 A B · C D`, `A B^2`."""
    found: list[Expr] = []
    waiting: str | None = None
    for arg in args:
        power: Expr | None = None
        base = arg
        if isinstance(arg, Apply) and arg.head == "pow" and isinstance(arg.args[0], Sym):
            base, power = arg.args[0], arg.args[1]
        if isinstance(base, Sym) and len(base.name) == 1 and base.name.isupper():
            if waiting is None:
                if power is not None:
                    return None
                waiting = base.name
                continue
            segment = _measure("segment", (waiting, base.name), figure)
            waiting = None
            if segment is None:
                return None
            found.append(segment if power is None else Apply("pow", (segment, power)))
            continue
        if waiting is not None:
            return None
        inner = _in_figure(arg, figure)
        if inner is None:
            return None
        found.append(inner)
    if waiting is not None or not found:
        return None
    return found[0] if len(found) == 1 else Apply("mul", tuple(found))


def _asked(document: Document, figure: Figure) -> Iterator[Claim]:
    """The boxed result against what the question's last words ask for."""
    question = document.question
    if not document.steps or not question.chains:
        return
    last = question.chains[-1]
    target = last.terms[0].expr
    before, after = question.text[: last.start].lower()[-60:], question.text[last.end :]
    if last.relations or target is None or re.search(r"[A-Za-z0-9]", after):
        return
    area = _AREA.search(before) is not None
    if not area and not _ASKING.search(before):
        return
    measure = _in_figure(target, figure, area)
    part: Part = document.steps[-1]
    box = boxed(part.text)
    if measure is None or box is None or len(box.texts) != 1 or not free_symbols(measure):
        return
    value = read(box.texts[0], Options(syntax="latex"))
    if isinstance(value, Unread):
        return
    if isinstance(value, Apply) and value.head == "eq":
        value = value.args[1]
    if any(isinstance(n, Sym) for n in walk(value)) or _in_figure(value, figure) is None:
        return
    yield Claim(
        span=Span(part.step, box.start, box.end), text=part.text[box.start : box.end],
        formula=_formula(figure, app("eq", measure, value)),
    )  # fmt: skip
