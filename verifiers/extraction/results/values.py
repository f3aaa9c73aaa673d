"""Noun phrases for one value: "the remainder when 5^137 is divided by 8", "the sum of the digits of 11·101".

A measure of a set (`the number of …`, `the smallest …`) stands in the tree as `call(Sym(measure), such_that(…))` with
`measure` out of `MEASURES`; `kinds/result` computes it first.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.extraction.results.division import quotient, remainder
from verifiers.extraction.results.figures import figures
from verifiers.extraction.results.members import members
from verifiers.extraction.results.pairs import pairs
from verifiers.extraction.results.skeleton import Skeleton, is_relation

MEASURES: Final = frozenset({"count", "total", "multiplied", "least", "greatest", "mean", "spread"})
_LEAD: Final = re.compile(
    r"(?:the |its |a )?(?:(?:exact|numerical|simplified|numeric|real|actual|decimal|positive|integer) )?"
    r"(?:value|result|outcome|sum|product|quotient|difference|expression|number|quantity|fraction|ratio|integer"
    r"|determinant|root)"
    r"(?: of (?:the )?(?:following )?(?:infinite )?(?:expression|sum|product|quotient|number|quantity|fraction"
    r"|series|integral|ratio|determinant|logarithm|limit|square root)?)?:? ?(?=«)"
)
_VALUE_OF: Final = re.compile(
    r"(?:the )?(?:(?:exact|numerical|simplified|real|possible) )?values? (?:of|for) (?:the )?(?:expression )?"
)
_TAIL: Final = re.compile(
    r",? (?:in|as|to|into) (?:(?:its|the|a) )?(?:simplest|lowest|simplified|simple|reduced|most simplified|radical"
    r"|fraction|common fraction|terms?)"
    r"(?: (?:form|terms|radical form|possible form|common fraction|fraction|fraction form))*| without "
    r"(?:using )?a calculator|,? in simplest radical form"
)
_FOLDED: Final = {
    "sum": "add", "product": "mul", "greatest common divisor": "gcd", "greatest common factor": "gcd",
    "gcd": "gcd", "gcf": "gcd",
    "highest common factor": "gcd", "least common multiple": "lcm", "lcm": "lcm", "lowest common multiple": "lcm",
}  # fmt: skip
_MEASURED: Final = {
    "number": "count", "sum": "total", "product": "multiplied", "average": "mean",
    "mean": "mean", "arithmetic mean": "mean",
    "average value": "mean",
}  # fmt: skip
_LEAST: Final = "smallest|least|minimum|lowest|largest|greatest|biggest|maximum|highest"
_GREAT: Final = frozenset({"largest", "greatest", "biggest", "maximum", "highest"})
_LIST: Final = re.compile(r"«\d+»(?:(?:, and |, | and )«\d+»)+")


class Values:
    """Reads value phrases of one question; `readings` lists every reading, most literal first."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton

    def one(self, phrase: str) -> Expr | None:
        return next(iter(self.readings(phrase)), None)

    def readings(self, phrase: str) -> list[Expr]:
        phrase = _TAIL.sub("", phrase.strip()).strip(" ,:")
        if len(phrase) > 400:
            return []
        for found in self._ways(phrase):
            if found:
                return found
        return []

    def _slot(self, index: str) -> list[Expr]:
        tree = self.skeleton.tree(index)
        return [] if tree is None or is_relation(tree) else [tree]

    def _listed(self, phrase: str) -> list[Expr] | None:
        trees = [self._slot(index) for index in re.findall(r"«(\d+)»", phrase)]
        return None if not all(trees) else [tree[0] for tree in trees]

    def _ways(self, phrase: str) -> Iterator[list[Expr]]:
        if match := re.fullmatch(r"«(\d+)»", phrase):
            yield self._slot(match.group(1))
            return
        if (match := _LEAD.match(phrase)) and "«" in phrase:
            rest = phrase[match.end() :]
            if re.fullmatch(r"«\d+»", rest):
                yield self.readings(rest)
        if match := _VALUE_OF.match(phrase):
            yield self.readings(phrase[match.end() :])
        if match := re.fullmatch(
            r"(?:the )?(?:whole number |integer )?remainder (?:when|if|upon dividing|obtained when|of) (.+?)(?: is"
            r"| are)? (?:is )?(?:divided )?by (.+)",
            phrase,
        ):
            yield self._binary("mod", match.group(1), match.group(2))
        if match := re.fullmatch(r"(?:the )?quotient (?:when|if|of) («\d+») (?:is )?divided by («\d+»)", phrase):
            pairs = self._pairs(match.group(1), match.group(2))
            yield [found for a, b in pairs if (found := quotient(a, b)) is not None]
        if match := re.fullmatch(r"(?:the )?cross product of (?:the vectors )?«(\d+)» and «(\d+)»", phrase):
            sides = self._slot(match.group(1)), self._slot(match.group(2))
            yield [app("cross", sides[0][0], sides[1][0])] if all(sides) else []
        if match := re.fullmatch(r"(.+?) (?:modulo|mod) (.+)", phrase):
            yield self._binary("mod", match.group(1), match.group(2))
        if match := re.fullmatch(
            r"(?:the )?(?:units|unit's|unit|ones|one's|last|final|rightmost) digit (?:of|in) (?:the "
            r"(?:decimal (?:representation|expansion)|value|number|integer) of )?(.+)",
            phrase,
        ):
            yield [app("mod", value, num(10)) for value in self.readings(match.group(1))]
        if match := re.fullmatch(r"(?:the )?(tens|hundreds|thousands) digit (?:of|in) (.+)", phrase):
            place = {"tens": 10, "hundreds": 100, "thousands": 1000}[match.group(1)]
            yield [
                app("floor", app("div", app("mod", value, num(place * 10)), num(place)))
                for value in self.readings(match.group(2))
            ]
        if match := re.fullmatch(
            r"(?:the )?sum of (?:all )?(?:of )?(?:the )?(?:decimal )?digits (?:of|in) (?:the "
            r"(?:decimal (?:representation|expansion) of )?)?(?:the )?(?:integer |number |value )?(?:equal to |of )?"
            r"(.+)",
            phrase,
        ):
            yield [app("digit_sum", value) for value in self.readings(match.group(1))]
        if match := re.fullmatch(
            r"(?:the )?(?:positive |non-?negative |absolute )?difference (?:between|of) («\d+») and («\d+»)", phrase
        ):
            yield [app("abs", app("add", a, app("neg", b))) for a, b in self._pairs(match.group(1), match.group(2))]
        if match := re.fullmatch(
            r"(?:the )?(" + "|".join(_FOLDED) + r") (?:of|for) (?:the (?:numbers|integers) )?(.+)", phrase
        ):
            listed = self._listed(match.group(2)) if _LIST.fullmatch(match.group(2)) else None
            if listed:
                yield [app(_FOLDED[match.group(1)], *listed)]
        if match := re.fullmatch(
            r"(?:the )?(?:average|mean|arithmetic mean)(?: value)? of (?:the (?:numbers|integers|values) )?(.+)", phrase
        ):
            listed = self._listed(match.group(1)) if _LIST.fullmatch(match.group(1)) else None
            if listed:
                yield [app("div", app("add", *listed), num(len(listed)))]
        if match := re.fullmatch(r"«(\d+)»(?: percent)? of (.+)", phrase):
            yield self._part(match.group(1), "percent" in phrase.split(" of ")[0], match.group(2))
        if match := re.fullmatch(
            r"(half|twice|double|triple|a third|one-third|a quarter|one-half) (?:of )?(.+)", phrase
        ):
            factor = {
                "half": "1/2",
                "one-half": "1/2",
                "twice": "2",
                "double": "2",
                "triple": "3",
                "a third": "1/3",
                "one-third": "1/3",
                "a quarter": "1/4",
            }
            yield [app("mul", num(factor[match.group(1)]), value) for value in self.readings(match.group(2))]
        if match := re.fullmatch(
            r"(?:the )?(square root|cube root|square|cube|absolute value|reciprocal) of (.+)", phrase
        ):
            yield [_wrapped(match.group(1), value) for value in self.readings(match.group(2))]
        if match := re.fullmatch(r"(?:the )?determinant of (?:the matrix )?(.+)", phrase):
            yield [
                app("determinant", v)
                for v in self.readings(match.group(1))
                if isinstance(v, Apply) and v.head == "matrix"
            ]
        if match := re.fullmatch(
            r"(?:the )?distance between (?:the )?(?:points? )?«(\d+)» and «(\d+)»(?: in the (?:coordinate )?plane)?",
            phrase,
        ):
            yield self._distance(match.group(1), match.group(2))
        if match := re.fullmatch(
            r"(?:the )?(?:dot|inner|scalar) product of (?:the vectors )?«(\d+)» and «(\d+)»", phrase
        ):
            pair = self._slot(match.group(1)), self._slot(match.group(2))
            yield [app("dot", pair[0][0], pair[1][0])] if all(pair) else []
        yield list(figures(phrase, self.skeleton))
        yield from self._measures(phrase)

    def _pairs(self, left: str, right: str) -> list[tuple[Expr, Expr]]:
        return list(product(self.readings(left), self.readings(right)))

    def _binary(self, head: str, left: str, right: str) -> list[Expr]:
        left = re.sub(r"^(?:the (?:number|integer|sum|product|value(?: of)?|expression|quantity) )(?=«)", "", left)
        pairs = self._pairs(left, right)
        if head == "mod" and any(free_symbols(a) | free_symbols(b) for a, b in pairs):
            return [found for a, b in pairs if (found := remainder(a, b)) is not None]
        return [app(head, a, b) for a, b in pairs]

    def _part(self, index: str, percent: bool, rest: str) -> list[Expr]:
        part = self._slot(index)
        if not part:
            return []
        by = app("percent", part[0]) if percent else part[0]
        if not percent and not (isinstance(by, Apply) and by.head in ("percent", "div")):
            return []
        return [app("mul", by, value) for value in self.readings(rest)]

    def _distance(self, first: str, second: str) -> list[Expr]:
        ends = [*self._slot(first), *self._slot(second)]
        if len(ends) != 2 or not all(isinstance(end, Apply) and end.head in ("tuple", "vector") for end in ends):
            return []
        a, b = (end.args for end in ends if isinstance(end, Apply))
        if len(a) != len(b):
            return []
        squares = [app("pow", app("add", q, app("neg", p)), num(2)) for p, q in zip(a, b, strict=True)]
        return [app("sqrt", app("add", *squares) if len(squares) > 1 else squares[0])]

    def _measures(self, phrase: str) -> Iterator[list[Expr]]:
        if match := re.fullmatch(
            r"(?:the )?(?:positive |non-?negative |absolute )?difference (?:between|of) (the (?:«\d+» )?"
            r"(?:roots|solutions|zeros) .+)",
            phrase,
        ):
            yield self._measured("spread", match.group(1))
        if match := re.fullmatch(
            r"(?:the )?(?:total )?(number|sum|product|average(?: value)?|mean|arithmetic mean) of (?:all )?(?:of )?"
            r"(?:the )?(.+)",
            phrase,
        ):
            yield self._measured(_MEASURED[match.group(1)], match.group(2))
        if match := re.fullmatch(
            rf"(?:the |a )?({_LEAST})(?: possible)? ((?:value|integer value) (?:of|for) )?(.+)", phrase
        ):
            measure = "greatest" if match.group(1) in _GREAT else "least"
            yield self._measured(measure, (match.group(2) or "") + match.group(3))
        if match := re.fullmatch(r"(?:(?:for )?how many )(?:different |distinct |of the )?(.+)", phrase):
            said = re.sub(r" (?:are there|exist|are there in total|there are|can be found)\b", "", match.group(1))
            said = re.sub(
                r"^((?:[a-z-]+ |«\d+»[- ]digit )*(?:factors|divisors)) (?:does|do|of) («\d+») have(?: in total)?$",
                r"\1 of \2",
                said,
            )
            said = re.sub(
                r"^((?:[a-z-]+ |«\d+»[- ]digit )*(?:integers|numbers|primes|multiples of «\d+»|values of «\d+»"
                r"|prime numbers|perfect squares|perfect cubes|palindromes|integers «\d+»))(,?) (?:are|lie) ",
                r"\1 that are ",
                said,
            )
            said = re.sub(
                r"^((?:[a-z-]+ |«\d+»[- ]digit )*(?:integers|numbers|primes|palindromes|integers «\d+»)) (leave|satisfy"
                r"|have|divide|contain|do not contain) ",
                r"\1 that \2 ",
                said,
            )
            said = re.sub(
                r"^((?:[a-z-]+ )*(?:integers|numbers|values of|integer values of) «\d+»(?: "
                r"(?:with|between|less than|greater than|from) «\d+»(?: (?:and|to) «\d+»)?(?:,? inclusive,?)?)?) "
                r"(?=is |does |do |are )",
                r"\1 such that ",
                said,
            )
            said = re.sub(r"^of the ((?:[a-z-]+ )*(?:factors|divisors) of «\d+») (?:are|is) ", r"\1 that are ", said)
            yield self._measured("count", said)

    def _measured(self, measure: str, phrase: str) -> list[Expr]:
        if measure == "count" and (tuples := pairs(phrase, self.skeleton, self.one)) is not None:
            return [app("call", Sym("count"), tuples)]
        found = members(phrase, self.skeleton, self.one)
        if found is None:
            return []
        return [app("call", Sym(measure), reading) for reading in (found[0], *found[1])]


def _wrapped(word: str, value: Expr) -> Expr:
    if word == "square":
        return app("pow", value, num(2))
    if word == "cube":
        return app("pow", value, num(3))
    if word == "square root":
        return app("sqrt", value)
    if word == "cube root":
        return app("root", value, num(3))
    return app("abs", value) if word == "absolute value" else app("div", num(1), value)
