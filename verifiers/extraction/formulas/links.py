"""Every link of an asserted chain `a = b = c` is a claim of its own: arithmetic when closed, an identity when it is
plainly offered as a rewriting.

Most of this file is about what *not* to claim. The guards look at how a formula was meant: run-ons, quotients with
remainder, rounding, equations with numbers put in. They may compare quick values to tell a reading that cannot have
been meant, and then nothing is claimed.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verifiers.claims import Arithmetic, Claim, Context, Identity, Span
from verifiers.expr import Apply, Const, Expr, Sym, Text, Unit, app, free_symbols, heads, substitute, walk
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.formulas.identities import identity_context, identity_is_meant
from verifiers.extraction.formulas.readings import (
    is_ambiguous,
    is_computation,
    is_disowned,
    is_instance,
    is_taken_back,
    means_otherwise,
    without,
)
from verifiers.extraction.meaning.functions import called
from verifiers.extraction.meaning.moods import is_premise, is_question
from verifiers.extraction.meaning.scope import Scope, scope_of
from verifiers.extraction.meaning.values import Rough, rough, same
from verifiers.extraction.reading.chains import is_lone
from verifiers.verdicts import Remark

_COMPARED: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "approx"})
_NOT_NUMBERS: Final = frozenset(
    {"set", "tuple", "list", "interval", "union", "intersection", "setminus", "matrix", "such_that", "or", "and",
     "ratio", "clock", "angle", "triangle", "segment", "arc", "vector", "pm", "mp", "ellipsis", "quantity", "range",
     "prime", "limit", "integral", "derivative", "implies", "not", "iff", "parallel", "perpendicular"}
)  # fmt: skip
_MODULAR: Final = re.compile(r"\bmod(?:ulo)?\b|\\[bp]?mod\b|≡|\\equiv")
_BASE: Final = re.compile(
    r"\bbase[- ](?:\d|\$|\\|[a-z]\b|two|three|five|six|seven|eight|nine|ten|twelve)|\bbinary\b|\boctal\b|hexadecimal"
)
_BASES: Final = ("base", "binary", "octal", "hexadecimal")
"""Of these `_BASE` has to find one."""
_PRIVATE: Final = re.compile(
    r"(?:\\(?:star|ast|oplus|otimes|circ|diamond|bullet|odot|triangle|square|clubsuit|spadesuit|heartsuit|nabla|bigstar"
    r"|diamondsuit)(?![a-zA-Z])|[★☆◇◆⊕⊗∗⋆#@&♣♠♥♦△□○●])"
)
_OPERATION: Final = re.compile(
    r"\b(?:operation|operator|defined? (?:by|as|to be)|binary operation|define)\b", re.IGNORECASE
)
_PI: Final = Const("pi")
_MOST_REWRITINGS: Final = 4
_REWRITING: Final = re.compile(r"\b(?:simplif(?:y|ies)|becomes?|reduces?|which (?:further|then|is)|equation is now)\b")
_COEFFICIENT: Final = re.compile(r"\d ?\Z")
"""`3 C(5, 2) + 4 = 34`: a factor was left out before the formula."""
_STAR_DEFINED: Final = re.compile(r"\b[a-zA-Z]\s?\*\s?[a-zA-Z]\s*=")


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims of the chains of every step."""
    scope = scope_of(document)
    private = _private_operators(document.question.text)
    based = _names_base(document.question.text)
    before: Chain | None = None
    for part in document.steps:
        following = _following(document, part.step)
        base_here = based or _names_base(part.text)
        for chain in part.chains:
            if not chain.relations or _is_question(part, chain) or is_premise(chain.lead) or is_disowned(part, chain):
                continue
            text = part.text[chain.start : chain.end]
            if (
                text[:1].isalpha()
                and not chain.latex
                and _COEFFICIENT.search(part.text, max(0, chain.start - 8), chain.start)
            ):
                continue
            if private is not None and private.search(text):
                continue
            around = part.text[chain.start : min(chain.end + 40, len(part.text))].lower()
            if ("mod" in around or "≡" in around or "equiv" in around) and _MODULAR.search(around):
                continue
            if base_here and not _has_fraction(text):
                continue
            yield from _links(part, following, chain, scope)
            if before is not None:
                yield from _restatement(part, before, chain)
            before = chain


def _following(document: Document, step: int) -> list[str]:
    """How the next step opens, and the ones after it as long as each goes on rewriting: a test may fail lines later."""
    openings: list[str] = []
    for later in document.steps[step + 1 : step + 1 + _MOST_REWRITINGS]:
        openings.append(later.text[:160])
        if not _REWRITING.search(openings[-1].lower()):
            break
    return openings


def _is_question(part: Part, chain: Chain) -> bool:
    sentence = part.sentences[chain.sentence]
    return is_question(part.text[max(sentence.start, sentence.end - 8) : sentence.end])


def _names_base(text: str) -> bool:
    words = text.lower()
    return any(name in words for name in _BASES) and _BASE.search(words) is not None


def _has_fraction(text: str) -> bool:
    return "frac" in text or "." in text


def _private_operators(question: str) -> re.Pattern[str] | None:
    if "*" in question and _STAR_DEFINED.search(question):
        return re.compile(r"\*|\\ast|\\star|\\cdot|\\times|×")
    if _PRIVATE.search(question) and _OPERATION.search(question):
        return _PRIVATE
    return None


def _links(part: Part, following: Sequence[str], chain: Chain, scope: Scope) -> Iterator[Claim]:
    for index, relation in enumerate(chain.relations):
        left, right = chain.terms[index], chain.terms[index + 1]
        if relation not in _COMPARED or left.expr is None or right.expr is None:
            continue
        if relation == "ne" and "!=" in part.text[left.end : right.start]:
            continue
        (a, units), (b, others) = bare(left.expr), bare(right.expr)
        if len(units | others) > 1 or not _plain_numbers(a) or not _plain_numbers(b):
            continue
        a, b = _without_degrees(a, b)
        if a == _PI and relation == "eq" and not chain.approximate and len(chain.terms) == 2 and not free_symbols(b):
            continue  # "taking π = 22/7" says what to compute with
        fact = app("approx" if relation == "eq" and chain.approximate else relation, a, b)
        letters = free_symbols(fact)
        functions = called(fact)
        context = scope.context((part.step, chain.start), letters | functions)
        plain = chain.mood in (Mood.ASSERTED, Mood.DEFINED)
        if not plain and (letters or functions or not is_computation(a, b)):
            continue
        formula: Arithmetic | Identity | None = None
        if _closes(fact, context):
            here = (part.step, chain.start)
            circular = (chain.mood is Mood.DEFINED and letters | functions) or _is_stated_by(fact, context)
            meant = not circular and _arithmetic_is_meant(part, following, chain, index, a, b, context)
            if meant and scope.is_fresh(letters, here) and not is_instance(chain, a, b, scope.patterns, here):
                formula = Arithmetic(relation=fact, context=_closing_context(fact, context))
        elif identity_is_meant(part, chain, index, a, b, scope.valued):
            context = scope.context((part.step, chain.start), letters, stated=True)
            formula = Identity(relation=fact, context=identity_context(fact, context))
        if formula is not None:
            span = Span(part.step, left.start, right.end)
            yield Claim(span=span, text=part.text[left.start : right.end], formula=formula)


def _restatement(part: Part, before: Chain, chain: Chain) -> Iterator[Claim]:
    """ "Total cost = 48 · 12" and on the next line "Total cost = 566": the one name carries a computation."""
    if len(before.terms) != 2 or len(chain.terms) < 2 or before.relations[0] != "eq" or chain.relations[0] != "eq":
        return
    name, again = before.terms[0].expr, chain.terms[0].expr
    if not isinstance(name, Sym) or name != again or " " not in name.name or part.step - before.step > 1:
        return
    left, right = before.terms[1].expr, chain.terms[1].expr
    if left is None or right is None or chain.mood is not Mood.ASSERTED or before.mood is not Mood.ASSERTED:
        return
    (a, units), (b, others) = bare(left), bare(right)
    fact = app("eq", a, b)
    if len(units | others) > 1 or free_symbols(fact) or not is_computation(a, b):
        return
    if _plain_numbers(a) and _plain_numbers(b) and "call" not in heads(fact):
        span = Span(part.step, chain.terms[0].start, chain.terms[1].end)
        yield Claim(span=span, text=part.text[span.start : span.end], formula=Arithmetic(relation=fact))


def _plain_numbers(expr: Expr) -> bool:
    """Nothing but numbers and letters under arithmetic, and none of the letters a constant by accident."""
    for node in walk(expr):
        if isinstance(node, Text | Unit):
            return False
        if isinstance(node, Apply) and node.head in _NOT_NUMBERS:
            return False
        if isinstance(node, Const) and node.name not in ("pi", "e"):
            return False
    return True


def _closes(fact: Expr, context: Context) -> bool:
    names = {name for name, _ in context.definitions}
    if not free_symbols(fact) <= names:
        return False
    closed = {name for name, value in context.definitions if free_symbols(value) <= names}
    if not free_symbols(fact) <= closed:
        return False
    known = {name for name, _, _ in context.functions}
    return all(
        isinstance(n.args[0], Sym) and n.args[0].name in known
        for n in walk(fact)
        if isinstance(n, Apply) and n.head == "call"
    )


def _is_stated_by(fact: Apply, context: Context) -> bool:
    """Whether the relation is itself one of the definitions it would be decided by."""
    stated = {frozenset((Sym(name), value)) for name, value in context.definitions}
    return frozenset(fact.args) in stated


_ANGULAR: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan"})


def _without_degrees(*sides: Expr) -> tuple[Expr, ...]:
    """`180(6 - 2) = 720°`: the sign is a unit, unless an angle is turned into a number."""
    if not any("degree" in heads(side) for side in sides) or any(_is_angular(side) for side in sides):
        return sides
    return tuple(without(side, "degree") for side in sides)


def _is_angular(expr: Expr) -> bool:
    return bool(heads(expr) & _ANGULAR) or any(isinstance(n, Const) and n.name == "pi" for n in walk(expr))


def _closing_context(fact: Expr, context: Context) -> Context:
    """What closes the fact. Degrees are not said again of an angle that is written with its sign."""
    radians = any(isinstance(n, Const) and n.name == "pi" for n in walk(fact))
    conventions = () if radians or "degree" in heads(fact) else context.conventions
    definitions = context.definitions
    if not _is_angular(fact):
        definitions = tuple((name, without(value, "degree")) for name, value in definitions)
    return Context(definitions=definitions, functions=context.functions, conventions=conventions)


def _put_in(expr: Expr, context: Context) -> Expr:
    for name, value in reversed(context.definitions):
        expr = substitute(expr, {name: value})
    return expr


def _arithmetic_is_meant(
    part: Part, following: Sequence[str], chain: Chain, index: int, left: Expr, right: Expr, context: Context
) -> bool:
    left, right = _put_in(left, context), _put_in(right, context)
    a, b = rough(left), rough(right)
    if is_lone(left) and is_lone(right) and not any(isinstance(side, Const) for side in (left, right)):
        return False
    equation = chain.relations[index] in ("eq", "approx")
    if equation and a is not None and b is not None and same(a, b):
        return True
    if is_ambiguous(part, chain, index, left, right):
        return False
    if is_taken_back(part, following, chain, index, computation=equation and is_computation(left, right)):
        return a is not None and b is not None and not equation and _is_true(chain.relations[index], a, b)
    if a is None or b is None or not equation:
        return True
    return not means_otherwise(part, chain, index, left, right, a, b)


def _is_true(relation: str, a: Rough, b: Rough) -> bool:
    return {"lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b, "ne": a != b}.get(relation, False)


def bare(expr: Expr) -> tuple[Expr, frozenset[Expr]]:
    """The tree with the units of its quantities taken off, and the units."""
    if not isinstance(expr, Apply) or "quantity" not in heads(expr):
        return expr, frozenset()
    if expr.head == "quantity":
        inner, units = bare(expr.args[0])
        return inner, units | {expr.args[1]}
    parts = [bare(a) for a in expr.args]
    tree = Apply(expr.head, tuple(p[0] for p in parts))
    return tree, frozenset().union(*(p[1] for p in parts))
