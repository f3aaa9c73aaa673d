"""What the sentences of a question ask, beside what they give."""

import re
from typing import Final

from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.extraction.meaning.polynomials import expanded
from verifiers.extraction.results.givens import Givens
from verifiers.extraction.results.skeleton import Skeleton, is_relation

_ASK: Final = re.compile(
    r"(?:(?:then|please|also|and) )*(?:find|compute|determine|calculate|evaluate|simplify|expand|factor|give"
    r"|what(?: is|'s| are"
    r"| was)|what must be|work out|obtain)(?: and simplify| completely)?:? (.+)"
)
_MEETING: Final = re.compile(
    r"(?:the )?(?:point of )?intersection (?:point )?of (?:the )?(?:lines|graphs|line)(?: given by| with equations"
    r"| of)?(?: the equations)? «(\d+)» and «(\d+)»"
)
_TOUCHING: Final = re.compile(
    r"(?:at|for) what value of «(\d+)» do the graphs of «(\d+)» and «(\d+)» intersect at exactly one point"
)


_AS: Final = re.compile(
    r"(?:express|write|convert|rewrite|rationalize|simplify)(?: the)?(?: denominator(?: of)?:?)?"
    r"(?: (?:repeating )?decimal| quotient| sum| difference| product| number| expression| following)*:? («\d+»)"
    r"(?: (?:as|to|into|in) (?:an? |its )?"
    r"(?:common |reduced |simplified |single |mixed |improper |ordinary |equivalent |simplest |lowest )*"
    r"(?:fraction|number|form|terms|decimal|exponent|integer|term)"
    r"(?: in (?:its )?(?:lowest|simplest) (?:terms|form))?)?(?: and simplify)?"
)


class Reader(Givens):
    """Collects what the clauses of one question give and ask."""

    def __init__(self, text: Skeleton) -> None:
        super().__init__(text)
        self.readings: list[Expr] = []

    def asked(self, clause: str) -> bool:
        """Takes in the clause that asks; False where it is not understood."""
        clause = clause.strip(" ,")
        if (match := _AS.fullmatch(clause)) is not None and (found := self.values.readings(match.group(1))):
            return self._want(found)
        if match := _TOUCHING.fullmatch(clause):
            return self._touching(*(self.skeleton.tree(index) for index in match.groups()))
        if match := re.fullmatch(
            r"(?:solve )(?:for )?«(\d+)»(?: in)?(?: the)?(?: equation)?(?: if| when| given(?: that)?)?:? (.+)", clause
        ):
            wanted = self.skeleton.tree(match.group(1))
            if wanted is not None and not is_relation(wanted) and free_symbols(wanted):
                return self._facts(match.group(2)) and self._want([wanted])
        if match := re.fullmatch(
            r"(?:for|at|to) what (?:real |positive |integer |possible |numerical )*(?:value|number|integer)s?"
            r"(?: of)? «(\d+)» (?:does|do|is|are|will|satisfies|makes|it is true that|is it true that|make)(?: the "
            r"(?:equation|expression))? (.+)",
            clause,
        ):
            wanted = self.skeleton.tree(match.group(1))
            if isinstance(wanted, Sym):
                return self._facts(match.group(2)) and self._want([wanted])
        if re.match(r"(?:for )?how many ", clause):
            return self._counted(clause)
        match = _ASK.fullmatch(clause) or re.fullmatch(
            r"((?:the )?(?:value|sum|product|number).+?) is(?: equal to)?", clause
        )
        if match is None:
            return False
        body = match.group(1)
        if meeting := _MEETING.fullmatch(body):
            return self._facts(f"«{meeting.group(1)}» and «{meeting.group(2)}»") and self._want(
                [app("tuple", Sym("x"), Sym("y"))]
            )
        if found := self.values.readings(body):
            return self._want(found)
        for cut in re.finditer(
            r",? (?:if|when|given that|given|where|provided that|assuming|assuming that|such that|for|with"
            r"|in terms of) ",
            body,
        ):
            found = self.values.readings(body[: cut.start()])
            if not found or "in terms of" in cut.group():
                continue
            mark = len(self.givens), dict(self.domains), dict(self.functions)
            if self.statement(body[cut.end() :]) or self._facts_apart(body[cut.end() :]):
                return self._want(found)
            self.givens, self.domains, self.functions = self.givens[: mark[0]], mark[1], mark[2]
        return False

    def _counted(self, clause: str) -> bool:
        if found := self.values.readings(clause):
            return self._want(found)
        for cut in re.finditer(r",? (?:where|if|when|given that) ", clause):
            if found := self.values.readings(clause[: cut.start()]):
                mark = list(self.givens), dict(self.domains), dict(self.functions)
                if self.statement(clause[cut.end() :]):
                    return self._want(found)
                self.givens, self.domains, self.functions = mark
        return False

    def _touching(self, wanted: Expr | None, first: Expr | None, second: Expr | None) -> bool:
        """`y = P(x)` and `y = Q(x)` of at most the second degree: discriminant or leading coefficient vanish."""
        sides = []
        for curve in (first, second):
            if not (isinstance(curve, Apply) and curve.head == "eq" and curve.args[0] == Sym("y")):
                return False
            sides.append(curve.args[1])
        poly = expanded(app("add", sides[0], app("neg", sides[1])))
        if poly is None or not isinstance(wanted, Sym) or {"y"} & free_symbols(app("add", *sides)):
            return False
        parts: list[Expr] = []
        for degree in range(3):
            terms = [
                app("mul", num(value), *(app("pow", Sym(name), num(k)) for name, k in monomial if name != "x"), num(1))
                for monomial, value in poly.items()
                if dict(monomial).get("x", 0) == degree
            ]
            parts.append(app("add", *terms, num(0)) if terms else num(0))
        if any(dict(monomial).get("x", 0) > 2 for monomial in poly):
            return False
        c, b, a = parts
        discriminant = app("add", app("pow", b, num(2)), app("neg", app("mul", num(4), a, c)))
        self.givens.append(app("eq", app("mul", a, discriminant), num(0)))
        return self._want([wanted])

    def _want(self, found: list[Expr]) -> bool:
        if not found or self.readings:
            return False
        self.readings = found
        return True

    def sentence(self, text: str) -> bool:
        """Takes in a whole sentence, a leading condition and the question after it included."""
        text = text.strip()
        if not self.readings and self.asked(text):
            return True
        if not self.readings:
            for cut in list(
                re.finditer(
                    r"[,.:] (?:then,? |and |what then )?(?="
                    r"(?:find|compute|determine|calculate|evaluate|what|how|solve|for what|for how)\b)| "
                    r"(?=(?:find|compute|determine|calculate|what is)\b)",
                    text,
                )
            ):
                mark = list(self.givens), dict(self.domains), dict(self.functions)
                if self._statements(text[: cut.start()]) and self.asked(text[cut.end() :]):
                    return True
                self.givens, self.domains, self.functions = mark
                self.readings = []
        return self._statements(text)

    def _statements(self, text: str) -> bool:
        mark = list(self.givens), dict(self.domains), dict(self.functions)
        if self.statement(text):
            return True
        self.givens, self.domains, self.functions = mark
        pieces = re.split(r", and (?:let |suppose |that )?|,? and (?:let|suppose|that) |; (?:and )?", text)
        if len(pieces) > 1 and all(self.statement(piece) for piece in pieces):
            return True
        self.givens, self.domains, self.functions = mark
        return False
