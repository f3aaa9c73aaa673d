"""Which comparison two trees are given to."""

from fractions import Fraction
from typing import Final

from verifiers import exact
from verifiers.equality import calculus, chains, groups, letters, logic, measures, regions, relations, scalars, words
from verifiers.equality.outcome import IDENTICAL, CompareOptions, Comparison, Prove, different, equal, undecided
from verifiers.equality.pieces import subject
from verifiers.equality.sorts import has_matrix, has_unit, is_equation, is_grouping, is_place, is_truth
from verifiers.expr import ORDER_RELATIONS, Apply, Const, Expr, Num, Sym, Text, free_symbols, walk
from verifiers.kinds._values import as_expr

_MATRIX_RESULT: Final = frozenset({"transpose", "inverse", "add", "mul", "neg", "pow"})
_DEPTH: Final = 12


class Judge:
    """Compares trees under some options. `prove` is asked for what takes more than arithmetic."""

    def __init__(self, options: CompareOptions, prove: Prove) -> None:
        self._options = options
        self._prove = prove
        self._depth = 0

    def same(self, a: Expr, b: Expr) -> Comparison:
        """Whether two trees are the same answer. Symmetric."""
        if a == b:
            return IDENTICAL
        if self._depth > _DEPTH:
            return undecided("nested too deep")
        self._depth += 1
        try:
            return self._same(a, b)
        finally:
            self._depth -= 1

    def _same(self, a: Expr, b: Expr) -> Comparison:
        for side in (a, b):
            if (broken := chains.broken(side)) is not None:
                return broken
        ends = [chains.ends(side) for side in (a, b)]
        outcomes = [self._whole(one, other) for one in ends[0] for other in ends[1]]
        return next((outcome for outcome in outcomes if outcome.label == "equal"), outcomes[0])

    def _whole(self, a: Expr, b: Expr) -> Comparison:
        a, b = letters.aligned(letters.parameters_named(a), letters.parameters_named(b))
        if a == b:
            return IDENTICAL
        if a in _NUMBER_SETS and b in _NUMBER_SETS:
            return different("another set")
        a, b = (logic.of_sets(regions.difference_of_sets(side)) for side in (a, b))
        if logic.is_formula(a) and logic.is_formula(b) and any(isinstance(s, Apply) for s in (a, b)):
            return logic.compare(a, b)
        if isinstance(a, Text) or isinstance(b, Text) or is_truth(a) or is_truth(b):
            return self._in_words(a, b)
        if regions.is_region(a) or regions.is_region(b):
            return self._region(a, b)
        return self._values(a, b)

    def _values(self, a: Expr, b: Expr) -> Comparison:
        left, right = groups.assignment(a), groups.assignment(b)
        if left.name is not None and right.name is not None:
            return self._both_named(a, b, left, right)
        if left.name is not None or right.name is not None:
            if is_equation(left.value) or is_equation(right.value):
                return self._equations(a, b)
            return self._one_named(a, b, left, right)
        if is_equation(a) or is_equation(b):
            return self._equations(a, b)
        a, b = (measures.compound(self._computed(side)) for side in (a, b))
        if groups.table(a) is not None and groups.table(b) is not None and has_matrix(a, b):
            return groups.compare_tables(a, b, self.same)
        many = groups.several(a), groups.several(b)
        if any(many):
            return self._several(a, b, many)
        if has_matrix(a, b):
            return different("a matrix and a single value")
        return self._measured(a, b)

    def _one_named(self, a: Expr, b: Expr, left: groups.Entry, right: groups.Entry) -> Comparison:
        """`x = ±2` against `x = 2 or x = -2`: names on both sides have to agree."""
        entry, other = (left, b) if left.name is not None else (right, a)
        group = groups.several(other)
        if group is not None and any(group.names) and entry.name is not None:
            if (spelled_out := groups.spelled_out(entry)) is not None:
                return self._several(a, b, (spelled_out, group))
            if set(group.names) != {groups.title(entry.name)}:
                return different("other names")
        return self.same(left.value, right.value)

    def _both_named(self, a: Expr, b: Expr, left: groups.Entry, right: groups.Entry) -> Comparison:
        assert left.name is not None
        assert right.name is not None
        if groups.title(left.name) == groups.title(right.name):
            value = right.value
            if left.name != right.name and _is_call(left.name) and _is_call(right.name):
                value = letters.with_arguments(value, right.name, left.name)
            return self.same(left.value, value)
        if (
            isinstance(left.name, Apply)
            and isinstance(right.name, Apply)
            and left.name.head == right.name.head == "tuple"
        ):
            spelled_out = [groups.spelled_out(entry) for entry in (left, right)]
            if all(spelled_out):
                return self._several(a, b, (spelled_out[0], spelled_out[1]))
        if is_equation(a) and is_equation(b):
            outcome = self._equations(a, b)
            if outcome.label != "undecided" or free_symbols(a) == free_symbols(b):
                return outcome
        return different("other names")

    def _equations(self, a: Expr, b: Expr) -> Comparison:
        if not is_equation(a) or not is_equation(b):
            return self._roots(a, b)
        assert isinstance(a, Apply)
        assert isinstance(b, Apply)
        if a.head not in ("eq", "approx") or b.head not in ("eq", "approx"):
            return equal("same relation") if a.head == b.head and self._pairwise(a, b) else undecided("relations")
        one, other = Apply("eq", a.args), Apply("eq", b.args)
        outcome = relations.compare(one, other, self._prove)
        if outcome.label == "undecided" and len(free_symbols(one) | free_symbols(other)) == 1:
            return regions.compare(one, other, self.same)
        return outcome

    def _pairwise(self, a: Apply, b: Apply) -> bool:
        return len(a.args) == len(b.args) and all(
            self.same(x, y).label == "equal" for x, y in zip(a.args, b.args, strict=True)
        )

    def _roots(self, a: Expr, b: Expr) -> Comparison:
        """An equation against what may be its solutions: only `x² = 4` against a named or listed set of values."""
        equation, other = (a, b) if is_equation(a) else (b, a)
        entry = groups.assignment(other)
        several = groups.several(other)
        listed = several is not None and not several.ordered and set(several.names) != {""}
        if isinstance(equation, Apply) and len(free_symbols(equation)) == 1 and (entry.name is not None or listed):
            values = Apply("set", tuple(e.value for e in several.entries)) if several and listed else entry.value
            named = {entry.name} if entry.name is not None else {e.name for e in several.entries} if several else set()
            if not free_symbols(values) and named <= {None, *map(Sym, free_symbols(equation))}:
                found = values if isinstance(values, Apply) and values.head == "set" else Apply("set", (values,))
                return regions.compare(equation, found, self.same)
        return different("an equation and a value")

    def _in_words(self, a: Expr, b: Expr) -> Comparison:
        left, right = words.spelled(a), words.spelled(b)
        if left is not None and right is not None:
            return words.compare(left, right)
        for text, value in ((a, b), (b, a)):
            if isinstance(text, Text) and (number := words.number(text.value)) is not None:
                return self.same(number, value)
        phrase = left or right
        if phrase is None or len(phrase.split()) > words.SHORT:
            return undecided("words")
        return different("words and a value")

    def _region(self, a: Expr, b: Expr) -> Comparison:
        sides = [isinstance(s, Const) or is_place(s) for s in (a, b)]
        if not all(sides):
            return different("a set of numbers and a single value")
        written = [regions.is_relation(side) for side in (a, b)]
        if written[0] != written[1] and not self._options.relation_as_set:
            return different("a relation and a set")
        names = [subject(side) for side in (a, b)]
        if all(name is not None for name in names) and names[0] != names[1]:
            return self._other_subjects(a, b)
        if all(written) and len(free_symbols(a) | free_symbols(b)) > 1:
            return self._inequalities(a, b)
        outcome = regions.compare(a, b, self.same)
        if outcome.label == "undecided" and all(written):
            return self._inequalities(a, b)
        return outcome

    def _other_subjects(self, a: Expr, b: Expr) -> Comparison:
        """`1 ≤ |z| ≤ 2` and `z ∈ …` are about one letter in two forms; `x > 2` and `y > 2` are not."""
        return regions.compare(a, b, self.same) if free_symbols(a) == free_symbols(b) else different("other names")

    def _inequalities(self, a: Expr, b: Expr) -> Comparison:
        assert isinstance(a, Apply)
        assert isinstance(b, Apply)
        if a.head in ORDER_RELATIONS and b.head in ORDER_RELATIONS:
            return relations.compare(a, b, self._prove)
        if a.head == b.head and a.head in ("and", "or") and len(a.args) == len(b.args):
            left, right = (groups.Several(tuple(groups.Entry(None, x) for x in s.args), False) for s in (a, b))
            outcome = groups.compare(left, right, self.same)
            return outcome if outcome.label == "equal" else self._chains(a, b)
        return undecided("relations")

    def _chains(self, a: Apply, b: Apply) -> Comparison:
        """`f(2) < f(1) < f(4)` against another order of the same things."""
        plain = [{repr(x) for r in side.args if isinstance(r, Apply) for x in r.args} for side in (a, b)]
        return different("another order") if plain[0] == plain[1] else undecided("relations")

    def _several(self, a: Expr, b: Expr, many: tuple[groups.Several | None, groups.Several | None]) -> Comparison:
        left, right = (
            found or groups.Several((groups.Entry(None, side),), False)
            for side, found in zip((a, b), many, strict=True)
        )
        return groups.compare(left, right, self.same)

    def _measured(self, a: Expr, b: Expr) -> Comparison:
        if isinstance(a, Apply) and isinstance(b, Apply) and a.head == b.head and a.head in _FIGURES:
            same_corners = _corners(a) == _corners(b)
            return undecided("the same corners") if same_corners else different("other corners")
        if measures.is_ratio(a) or measures.is_ratio(b):
            if all(isinstance(s, Apply) and s.head == "clock" for s in (a, b)):
                same = _times(a) == _times(b)
                return equal("same time") if same else different("another time")
            if all(isinstance(s, Apply) and s.head == "ratio" for s in (a, b)):
                return self._scalar(a, b)
            a, b = measures.quotient(a), measures.quotient(b)
        if measures.is_measure(a) or measures.is_measure(b):
            direct = self._scalar(a, b) if not has_unit(a) and not has_unit(b) else None
            if direct is not None and direct.label == "equal":
                return direct
            scaled = measures.common(a, b)
            if isinstance(scaled, Comparison):
                return scaled
            a, b = scaled
        return self._scalar(a, b)

    def _scalar(self, a: Expr, b: Expr) -> Comparison:
        if (up_to_constant := calculus.compare(a, b, self._options, self._prove)) is not None:
            return up_to_constant
        groupings = [is_grouping(side) for side in (a, b)]
        if groupings[0] != groupings[1]:
            return different("a number and something else")
        if any(groupings):
            return undecided("not a number")
        if self._options.renaming:
            b = letters.renamed(b, a)
        return scalars.compare(a, b, self._options, self._prove)

    def _computed(self, expr: Expr) -> Expr:
        """Sums, products, transposes and inverses of matrices worked out, combinations of unit vectors as tuples."""
        if (components := groups.components(expr)) is not None:
            return components
        if isinstance(expr, Apply) and expr.head in _MATRIX_RESULT and has_matrix(expr):
            found = exact.value(expr)
            if found is not None and (plain := as_expr(found)) is not None:
                return plain
        return expr


_ZERO: Final = Num(Fraction(0))
_NUMBER_SETS: Final = tuple(
    Const(name) for name in ("integers", "naturals", "rationals", "reals", "complexes", "primes")
)


_FIGURES: Final = frozenset({"angle", "triangle", "segment", "arc"})


def _times(expr: Expr) -> list[Expr]:
    parts = list(expr.args) if isinstance(expr, Apply) else []
    return parts if len(parts) != 2 else [*parts, _ZERO]


def _corners(expr: Apply) -> list[str]:
    return sorted("".join(node.name for node in walk(expr) if isinstance(node, Sym)))


def _is_call(expr: Expr) -> bool:
    return isinstance(expr, Apply) and expr.head == "call"
