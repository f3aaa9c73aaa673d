"""Two equations in a row that cannot both hold: "2x + 3 = 11" and then "So x = 5", "E = 9/4 - 2" and then "E = 1/2".

Multiplied out, one is a multiple of the other but for its constant, so no values of the letters meet both. Only plain
assertions close to each other are held together: cases, trials, other roots and second thoughts are left alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from verifiers import exact
from verifiers.claims import QUESTION, Claim, Derivation, Span
from verifiers.expr import Apply, Expr, Num, Sym, app, free_symbols, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.formulas.derivations import is_ambiguous, is_solved, names, usable
from verifiers.extraction.meaning.moods import RETRACTING, without_operations
from verifiers.extraction.meaning.polynomials import Polynomial, difference
from verifiers.extraction.meaning.values import is_closed, rough
from verifiers.notation.show import show

_STEPS_APART: Final = 4
_MOST_KNOWN: Final = 60
_MOST_RECENT: Final = 40
_LONGEST: Final = 600
_ELSEWHERE: Final = re.compile(
    r"\b(?:if|when|case|cases|suppose|supposing|assum\w+|try|tries|trying|let|either|or|another|other|second|instead"
    r"|similarly|likewise|wait|actually|mistak\w+|wrong|incorrect\w*|error\w*|original\w*|correct(?:ing|ion)|oops|sorry"
    r"|should|would|could|might|want|need|cannot|can't|not|no|contradict\w*|mod|modulo|replac\w+|new|both(?! sides)"
    r"|example|consider|check\w*|test\w*|possib\w+|values|solutions|roots|lines?|planes?|respectively|each|every"
    r"|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|pairs?|options?|scenario|branch|situation|alternatively"
    r"|shift\w*|translat\w*|reflect\w*|previous|increas\w*|decreas\w*"
    r"|redefin\w*|until|repeat\w*|remainder|at most|at least)\b"
    r"|\bfor\W{1,4}[a-z]\b|\\p?mod|\\pmod|≡|\\equiv|\\(?:mathbf|vec|overrightarrow|hat)\b|matrix\b"
)  # fmt: skip
_LISTING: Final = re.compile(r"\b(?:or|either|solutions|roots|values|both|possib\w+)\b")
"""What may lead up to the values of a letter: each of them has to solve the equation."""
_BARE: Final = re.compile(
    r"[\s.,;:&$\\\[\]()]*(?:and\b|\n[ \t]*(?:[-*•+–]|\(?\w{1,2}[.)])(?=\s))?[\s.,;:&$\\\[\]()]*"
)
"""Nothing, or the start of the next item of a list."""
_TAKEN_BACK: Final = re.compile(r"\W*(?:no|wait|actually|hmm+|oops|sorry|that's not|that is not|but|however)\b")
_NUMBERED: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z]\d")
"""`Q1` and `T2` are names, no products."""
_QUICK: Final = 9
_POLYNOMIAL: Final = frozenset({"add", "mul", "neg", "div", "pow"})
_ROUNDING: Final = Fraction(1, 20)


class _Equation(msgspec.Struct, frozen=True):
    relation: Expr
    varying: Polynomial
    """The monomials with letters of left minus right."""
    constant: Fraction
    chain: Chain
    rounded: bool


def find(document: Document) -> Iterator[Claim]:
    """Claims that an equation is met where the one before it, about the same letters, is."""
    known: list[Expr] = [r for c in document.question.chains for r in _equalities(c)]
    recent: list[_Equation] = [e for c in _given(document.question) for e in _equations(c)]
    for part in document.steps:
        recent = [e for e in recent if part.step - e.chain.step <= _STEPS_APART]
        for chain in part.chains:
            if _NUMBERED.search(part.text, chain.start, chain.end):
                continue
            if chain.mood in (Mood.ASSERTED, Mood.DEFINED) and usable(chain):
                equations = list(_equations(chain))
                claim = _claimed(document, part, equations, recent, known) if chain.mood is Mood.ASSERTED else None
                if claim is not None:
                    yield claim
                else:
                    recent = [*recent, *equations][-_MOST_RECENT:]
            known.extend(_equalities(chain))


def _claimed(
    document: Document, part: Part, equations: list[_Equation], recent: list[_Equation], known: list[Expr]
) -> Claim | None:
    for equation in equations:
        earlier = _contradicted(document, recent, equation) or _unmet(document, recent, equation)
        if earlier is not None and not _solves_another(equation.relation, known):
            return _claim(part, earlier, equation)
    return None


def _given(question: Part) -> list[Chain]:
    """The question's only equation."""
    found = [c for c in question.chains if c.relations]
    return found if len(found) == 1 and usable(found[0]) and found[0].mood is not Mood.REJECTED else []


def _claim(part: Part, earlier: _Equation, equation: _Equation) -> Claim:
    chain = equation.chain
    formula = Derivation(premises=(earlier.relation,), conclusion=equation.relation, link="follows")
    return Claim(span=Span(part.step, chain.start, chain.end), text=part.text[chain.start : chain.end], formula=formula)


def _equalities(chain: Chain) -> list[Expr]:
    """The links of a chain as equations, and its two ends."""
    if not chain.relations or set(chain.relations) != {"eq"}:
        return []
    sides = [t.expr for t in chain.terms]
    pairs = list(pairwise(sides))
    if len(sides) > 2:
        pairs.append((sides[0], sides[-1]))
    return [app("eq", a, b) for a, b in pairs if a is not None and b is not None]


def _equations(chain: Chain) -> Iterator[_Equation]:
    for relation in _equalities(chain):
        if not isinstance(relation, Apply) or not names(relation):
            continue
        left, right = (_evaluated(side) for side in relation.args)
        found = difference(left, right)
        if found is None:
            continue
        varying = {m: c for m, c in found[0].items() if m}
        if varying:
            rounded = any(isinstance(n, Num) and n.places for n in (*walk(relation), *walk(left), *walk(right)))
            yield _Equation(relation, varying, found[0].get((), Fraction(0)), chain, rounded)


def _evaluated(expr: Expr) -> Expr:
    """As a polynomial: what is none stands as a letter of its own. Closed parts that are no rational arithmetic give
    way to their quick value, which is good to tell a gap.
    """
    if not isinstance(expr, Apply):
        return expr
    if is_closed(expr):
        value = rough(expr)
        if value is None:
            return expr
        return Num(value) if isinstance(value, Fraction) else Num(Fraction(value), _QUICK)
    if expr.head == "div" and not is_closed(expr.args[1]):
        return app("mul", _evaluated(expr.args[0]), Sym("1/" + show(expr.args[1])))
    if expr.head not in _POLYNOMIAL or (expr.head == "pow" and not is_closed(expr.args[1])):
        return Sym(show(expr))
    return Apply(expr.head, tuple(_evaluated(a) for a in expr.args))


def _contradicted(document: Document, recent: list[_Equation], equation: _Equation) -> _Equation | None:
    """The nearest equation in the same monomials, where it has another constant and is no value yet."""
    for earlier in reversed(recent):
        scale = _scale(earlier.varying, equation.varying)
        if scale is None:
            continue
        gap = abs(equation.constant - scale * earlier.constant)
        size = max(abs(equation.constant), abs(scale * earlier.constant))
        allowed = size * _ROUNDING if earlier.rounded or equation.rounded else Fraction(0)
        if (
            gap <= allowed
            or is_solved(earlier.relation)
            or _is_evaluated(earlier, equation)
            or _is_elsewhere(document, earlier.chain, equation.chain)
        ):
            return None
        formula = Derivation(premises=(earlier.relation,), conclusion=equation.relation, link="follows")
        return None if is_ambiguous(formula) else earlier
    return None


def _unmet(document: Document, recent: list[_Equation], equation: _Equation) -> _Equation | None:
    """The nearest equation in one letter, of higher degree, that the value given to the letter does not solve."""
    relation = equation.relation
    if not isinstance(relation, Apply) or not isinstance(relation.args[0], Sym) or not is_closed(relation.args[1]):
        return None
    if equation.rounded or not is_solved(relation):
        return None
    letter, value = relation.args[0].name, relation.args[1]
    for earlier in reversed(recent):
        if names(earlier.relation) == {letter}:
            if earlier.varying.keys() == equation.varying.keys() or earlier.rounded:
                return None
            if exact.holds(earlier.relation, {letter: value}) is not False:
                return None
            return None if _is_elsewhere(document, earlier.chain, equation.chain, _LISTING) else earlier
    return None


def _is_evaluated(earlier: _Equation, equation: _Equation) -> bool:
    """One expression with its value at one point and at another."""
    (left, right), (again, value) = _sides(earlier.relation), _sides(equation.relation)
    if left != again or names(right) or names(value):
        return False
    return isinstance(left, Apply) and left.head != "call"


def _sides(relation: Expr) -> tuple[Expr, ...]:
    return relation.args if isinstance(relation, Apply) else ()


def _scale(earlier: Polynomial, later: Polynomial) -> Fraction | None:
    if earlier.keys() != later.keys():
        return None
    scales = {later[m] / earlier[m] for m in later}
    return scales.pop() if len(scales) == 1 else None


def _sets_another(document: Document, earlier: Chain, chain: Chain) -> bool:
    """Between the two another letter gets a value: "b² = 9, b = ±3. a = 5 gives b = 0"."""
    letters = {name for c in (earlier, chain) for t in c.terms if t.expr is not None for name in free_symbols(t.expr)}
    places = (earlier.step, earlier.start), (chain.step, chain.start)
    between = (
        c for p in document.steps[max(earlier.step, 0) : chain.step + 1] for c in p.chains
        if places[0] < (c.step, c.start) < places[1] and c.relations[:1] == ("eq",)
    )  # fmt: skip
    for other in between:
        name, value = other.terms[0].expr, other.terms[-1].expr
        if isinstance(name, Sym) and name.name not in letters and value is not None and not free_symbols(value):
            return True
    return False


def _is_elsewhere(document: Document, earlier: Chain, chain: Chain, allowed: re.Pattern[str] | None = None) -> bool:
    """The words from the sentence of the one to that of the other open a case, try something or think again."""
    first = document.question if earlier.step == QUESTION else document.steps[earlier.step]
    last = document.steps[chain.step]
    start = first.sentences[earlier.sentence].start
    end = last.sentences[chain.sentence].end
    if first is last:
        words = first.text[start:end]
    else:
        between = (p.text for p in document.steps[earlier.step + 1 : chain.step])
        words = "\n".join(("" if first.is_question else first.text[start:], *between, last.text[:end]))
    if len(words) > _LONGEST:
        return True
    if allowed is not None:
        words = allowed.sub(" ", words.lower())
    following = document.steps[last.step + 1].text if last.step + 1 < len(document.steps) else ""
    after = (last.text[end : end + 120] or following[:120]).lower()
    if first is last and _BARE.fullmatch(first.text[earlier.end : chain.start]):
        return True
    if _sets_another(document, earlier, chain):
        return True
    return (
        _ELSEWHERE.search(without_operations(words.lower())) is not None
        or _TAKEN_BACK.match(after) is not None
        or RETRACTING.search(after) is not None
    )


def _solves_another(relation: Expr, known: list[Expr]) -> bool:
    """A value that some earlier equation in its letter has for a root, other than by saying so."""
    if not isinstance(relation, Apply) or not is_solved(relation) or not isinstance(relation.args[0], Sym):
        return False
    letter, value = relation.args[0].name, relation.args[1]
    others = (r for r in known[-_MOST_KNOWN:] if free_symbols(r) == {letter} and not is_solved(r))
    return any(exact.holds(r, {letter: value}) is True for r in others)
