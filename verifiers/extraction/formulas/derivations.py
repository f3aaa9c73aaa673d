"""One formula to the next: claims that a display follows from, or rewrites, the one before it.

A link is drawn only where the text draws it: an arrow, a verb of rewriting ("which simplifies to", "dividing both
sides by 3"), a row below a row, a bare sequence of equations. Everything asserted about the same letters so far goes
along as givens, so that a step that silently uses an earlier equation is never held against the author.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import QUESTION, Claim, Context, Derivation, Span
from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit, app, free_symbols, heads, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.formulas.linking import Link, link_between
from verifiers.extraction.meaning.moods import TAKING_BACK
from verifiers.extraction.meaning.scope import Scope, scope_of
from verifiers.notation.show import show
from verifiers.verdicts import Remark

MOST_GIVENS: Final = 12
MOST_KNOWN: Final = 24
MOST_SCANNED: Final = 200
ZERO: Final = Num(Fraction(0))
MOST_NODES: Final = 160
_MEANT: Final = frozenset({Mood.ASSERTED, Mood.DEFINED, Mood.SUPPOSED})
_COMPARED: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_SLOW: Final = frozenset({"sum", "prod"})
_UNFIT: Final = frozenset(
    {"set", "tuple", "list", "interval", "union", "intersection", "setminus", "matrix", "such_that", "ratio", "clock",
     "angle", "triangle", "segment", "arc", "vector", "ellipsis", "quantity", "range", "prime", "limit", "integral",
     "derivative", "approx", "percent", "degree", "congruent", "mod"}
)  # fmt: skip


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims of every step, each linked to the last formula before it."""
    scope = scope_of(document)
    before = only_equation(document.question)
    earlier: Chain | None = None
    known: list[Expr] = [r for c in document.question.chains if c.mood is Mood.ASSERTED for r in relations(c)]
    asked_for = tuple(known)
    for part in document.steps:
        if TAKING_BACK.match(part.text[:80].lower()):
            earlier, before, known = None, None, list(asked_for)
        for chain in part.chains:
            if not usable(chain):
                if chain.relations or chain.display:
                    before = None
                continue
            if before is not None and chain.mood in _MEANT and not is_listed(earlier, before):
                yield from _claims(document, before, chain, known, scope)
            if chain.mood in _MEANT or chain.mood is Mood.QUOTED:
                known.extend(relations(chain))
            if chain.relations or chain.display:
                earlier, before = before, chain if chain.mood in _MEANT else None


def only_equation(question: Part) -> Chain | None:
    """The question's equation where it has one: "expanding the left side" may be of it."""
    found = [c for c in question.chains if c.relations]
    return found[0] if len(found) == 1 and usable(found[0]) else None


def usable(chain: Chain) -> bool:
    """Every term was read, is small, and has a value."""
    if chain.approximate or chain.ambiguous or not _COMPARED.issuperset(chain.relations):
        return False
    return all(term.expr is not None and _fit(term.expr) for term in chain.terms)


@lru_cache(4096)
def _fit(expr: Expr) -> bool:
    size = 0
    for node in walk(expr):
        size += 1
        if isinstance(node, Text | Unit) or (isinstance(node, Const) and node.name not in ("pi", "e")):
            return False
        if isinstance(node, Apply) and node.head in _UNFIT:
            return False
        if isinstance(node, Apply) and node.head == "or" and not all(is_relation(a) for a in node.args):
            return False
    return size <= MOST_NODES


def is_relation(expr: Expr) -> bool:
    return isinstance(expr, Apply) and (expr.head in _COMPARED or expr.head in ("and", "or"))


def relations(chain: Chain) -> list[Expr]:
    """The chain's links as relations."""
    found: list[Expr] = []
    for left, relation, right in zip(chain.terms, chain.relations, chain.terms[1:], strict=False):
        if left.expr is not None and right.expr is not None and relation in _COMPARED:
            found.append(app(relation, left.expr, right.expr))
    return found


def joined(chain: Chain) -> Expr | None:
    """The chain as one relation, its only term where it has no relation sign."""
    links = relations(chain)
    if not links:
        return chain.terms[0].expr if len(chain.terms) == 1 else None
    return links[0] if len(links) == 1 else Apply("and", tuple(links))


def is_listed(earlier: Chain | None, before: Chain) -> bool:
    """The formula stands beside another that it does not continue: a system, or a list of equations."""
    if earlier is None or not earlier.relations or (earlier.step, earlier.sentence) != (before.step, before.sentence):
        return False
    if before.lead.strip(" ,;$\\()") in ("and", "or", "but") or before.lead.strip() == ",":
        return not is_solved(joined(earlier) or ZERO)
    if not (earlier.display and before.display) or before.lead not in ("row", "", "and", "gap"):
        return False
    return len(names(joined(before) or ZERO)) > 1 and not continues(earlier, before)


def _claims(document: Document, before: Chain, chain: Chain, known: Sequence[Expr], scope: Scope) -> Iterator[Claim]:
    link = link_between(document, before, chain)
    if _is_one_of_several(document.steps[chain.step], chain):
        return
    if link is not None and link.kind == "rewrite" and not link.bare and _AUXILIARY.search(before.lead[-60:].lower()):
        return
    if link is None or (before.step == QUESTION and (link.kind != "rewrite" or link.bare)):
        return
    formula = _formula(before, chain, link)
    if formula is None:
        return
    if is_ambiguous(formula) or answers_earlier(formula, known):
        return
    letters = names(formula.conclusion) | names(formula.premises[0])
    if formula.link == "rewrite" and link.kind == "rewrite":
        known = ()
    context = _context(chain, scope, letters, known)
    if any(n == Const("pi") for e in (*formula.premises, formula.conclusion) for n in walk(e)):
        context = msgspec.structs.replace(context, conventions=())
    part = document.steps[chain.step]
    start = before.start if before.step == chain.step else chain.start
    yield Claim(
        span=Span(chain.step, start, chain.end),
        text=part.text[start : chain.end],
        formula=msgspec.structs.replace(formula, context=context),
    )


_AUXILIARY: Final = re.compile(r"\b(?:since|because|as|given|using|from|recall\w*|note|know|with|where)\b[^.;:,]*$")
"""Words before a formula that is used on another one: "since N = C + V, the equation becomes"."""
_ALTERNATIVE: Final = re.compile(r"[\s$\\)\],.*]*(?:or|otherwise|unless|either)\b")


def _is_one_of_several(part: Part, chain: Chain) -> bool:
    """ "a = 0 or a = 2": no branch is said to follow by itself."""
    return _ALTERNATIVE.match(part.text, chain.end, chain.end + 40) is not None


def _formula(before: Chain, chain: Chain, link: Link) -> Derivation | None:
    premise, conclusion = joined(before), joined(chain)
    if premise is None or conclusion is None or premise == conclusion:
        return None
    if not chain.relations:
        source = before.terms[-1].expr
        if not (link.declared and link.offering and chain.display) or source is None or source == conclusion:
            return None
        if not names(conclusion) or names(conclusion) != names(source) or size(conclusion) < 3:
            return None
        return Derivation(premises=(source,), conclusion=conclusion, link="rewrite")
    if not before.relations or is_solved(premise) or not names(conclusion) or before.mood is Mood.DEFINED:
        return None
    kind = "rewrite" if link.terse else link.kind
    if names(premise) != names(conclusion):
        kind = "follows"
        if not names(conclusion) <= names(premise):
            return None
    elif link.bare and not continues(before, chain):
        return None
    if _cased(premise) - _cased(conclusion):
        kind = "follows"
    if is_closed_side(before, chain) and size(conclusion) >= size(premise):
        return None
    return Derivation(premises=(premise,), conclusion=conclusion, link=kind)


def names(expr: Expr) -> frozenset[str]:
    """Free letters, and every call as a name of its own."""
    letters = free_symbols(expr)
    if "call" not in heads(expr):
        return letters
    return letters | {show(n) for n in walk(expr) if isinstance(n, Apply) and n.head == "call"}


def is_ambiguous(formula: Derivation) -> bool:
    """A letter that is read as a function in one place and as a number in another."""
    nodes = [n for e in (*formula.premises, formula.conclusion) for n in walk(e)]
    called = {n.args[0] for n in nodes if isinstance(n, Apply) and n.head == "call"}
    calls = sum(isinstance(n, Apply) and n.head == "call" for n in nodes)
    letters = {n.name for n in nodes if isinstance(n, Sym)}
    run_together = any(len(name) > 1 and name.isupper() and set(name) & letters for name in letters)
    return run_together or sum(n in called for n in nodes) > calls


def answers_earlier(formula: Derivation, known: Sequence[Expr]) -> bool:
    """A value that fails the premise but solves some earlier equation in its letter: another root, another case."""
    conclusion, premise = formula.conclusion, formula.premises[0]
    if not (isinstance(conclusion, Apply) and is_solved(conclusion)):
        return False
    last = conclusion.args[-1] if conclusion.head == "and" else conclusion
    first = conclusion.args[0] if conclusion.head == "and" else conclusion
    if not (isinstance(last, Apply) and isinstance(first, Apply) and isinstance(first.args[0], Sym)):
        return False
    letter, value = first.args[0].name, last.args[1]
    if exact.holds(premise, {letter: value}) is True:
        return False
    earlier = (r for r in known[-MOST_KNOWN:] if free_symbols(r) == {letter} and not is_solved(r))
    return any(exact.holds(r, {letter: value}) is True for r in earlier)


def size(expr: Expr) -> int:
    return sum(1 for _ in walk(expr))


def is_solved(relation: Expr) -> bool:
    """`x = 3`, `x = 1 and y = 2`, `x > 2`: nothing is left to derive from it."""
    if not is_relation(relation) or not isinstance(relation, Apply):
        return False
    if relation.head == "and" and isinstance(relation.args[-1], Apply) and isinstance(relation.args[0], Apply):
        return isinstance(relation.args[0].args[0], Sym) and _number(relation.args[-1].args[1])
    if relation.head == "or":
        return all(is_solved(a) for a in relation.args)
    left, right = relation.args[:2]
    return (isinstance(left, Sym) and _number(right)) or (isinstance(right, Sym) and _number(left))


def _number(expr: Expr) -> bool:
    if isinstance(expr, Apply) and expr.head in ("neg", "div", "sqrt"):
        return all(_number(a) for a in expr.args)
    return isinstance(expr, Num | Const)


def continues(before: Chain, chain: Chain) -> bool:
    """With nothing said between: a shorter formula in the same one letter, or one that keeps a side with letters."""
    premise, conclusion = joined(before), joined(chain)
    if premise is None or conclusion is None or size(conclusion) >= size(premise):
        return False
    if len(names(premise)) == 1:
        return numbers(conclusion) < numbers(premise) and not _factors(before, chain)
    kept = {t.expr for t in (before.terms[0], before.terms[-1]) if t.expr is not None and names(t.expr)}
    return chain.terms[0].expr in kept or chain.terms[-1].expr in kept


def _cased(expr: Expr) -> frozenset[str]:
    """Operators that are written out case by case."""
    split = ("abs", "floor", "ceil", "max", "min")
    return frozenset(n.head for n in walk(expr) if isinstance(n, Apply) and n.head in split)


def numbers(expr: Expr) -> int:
    return sum(isinstance(n, Num) for n in walk(expr))


def _factors(before: Chain, chain: Chain) -> bool:
    """Both are linear forms set to zero: the factors of a product, one below the other."""
    zero = [c.terms[-1].expr == ZERO and not any(
        isinstance(n, Apply) and n.head == "pow" for t in c.terms if t.expr is not None for n in walk(t.expr)
    ) for c in (before, chain)]  # fmt: skip
    return all(zero)


def is_closed_side(before: Chain, chain: Chain) -> bool:
    """`A = closed`, then `A = closed`."""
    return before.terms[0].expr == chain.terms[0].expr and all(
        t.expr is not None and not names(t.expr) for t in (*before.terms[1:], *chain.terms[1:])
    )


def _context(chain: Chain, scope: Scope, letters: frozenset[str], known: Sequence[Expr]) -> Context:
    base = scope.context((chain.step, chain.start), letters)
    reached = set(letters)
    chosen: list[Expr] = []
    for relation in reversed(known[-MOST_SCANNED:]):
        if free_symbols(relation) & reached and relation not in chosen and not heads(relation) & _SLOW:
            chosen.append(relation)
            if len(chosen) == MOST_GIVENS:
                break
    return Context(functions=(), givens=tuple(reversed(chosen)), domains=base.domains, conventions=base.conventions)
