"""A question read whole: what is given, over which domains, and what is asked.

Every clause has to be understood. One that is not makes the question no problem of ours, since it may be the one
that changes the result.
"""

import re
from itertools import combinations
from typing import Final

import msgspec

from verifiers.claims import Context, Domain
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num, walk
from verifiers.extraction.polynomials import expanded
from verifiers.extraction.results.figures import whole_question
from verifiers.extraction.results.members import both, condition
from verifiers.extraction.results.operations import as_functions
from verifiers.extraction.results.recursion import RECURSIVE, Recursion, put_in, recursion
from verifiers.extraction.results.skeleton import Skeleton, is_relation, skeleton
from verifiers.extraction.results.values import Values
from verifiers.notation.reading import Unread, read


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """`readings` are the trees asked for, one for each way the words can be taken; `context` is what is given."""

    readings: tuple[Expr, ...]
    context: Context
    rounded: bool = False
    """An approximate or rounded answer is asked for."""
    percent: bool = False


_FORMAT: Final = re.compile(
    r"(?:please )?(?:express|give|write|enter|state|leave|round|simplify|put|list|present|report)(?: all)?(?: of)? "
    r"(?:your|the|any|all|that|each)? ?(?:final )?(?:answers?|values?|solutions?|results?|fractions?|it)\b"
    r"|enter all (?:the )?(?:solutions|possible values|answers|values)|round to the nearest"
    r"|\(?note:? that the answer|you may use a calculator|answer to the nearest|assume all|give an exact answer"
)
_ROUNDED: Final = re.compile(r"round|nearest|approximat|decimal|estimate|closest|significant")
_DOMAIN_WORDS: Final = re.compile(
    r"(?:an? |the |some |any |all |fixed |given |distinct |different |unequal |two |three |four |«\d+» |both |each "
    r"|positive |negative |non-?negative |nonzero |non-zero |real |complex |rational |whole |natural |prime |odd "
    r"|even |«\d+»-digit )*"
    r"(?:numbers?|integers?|reals?|constants?|real|positive|integers|primes?|complex|variables?|nonzero|non-zero"
    r"|negative)"
)
_ASK: Final = re.compile(
    r"(?:(?:then|please|also|and) )*(?:find|compute|determine|calculate|evaluate|simplify|expand|factor|give"
    r"|what(?: is|'s| are"
    r"| was)|what must be|work out|obtain)(?: and simplify| completely)?:? (.+)"
)
_FUNCTION_NOTE: Final = re.compile(
    r" (?:for (?:all|every|each|any) (?:real |positive |nonnegative |rational |integer )*(?:numbers? |integers? "
    r"|values? (?:of )?|reals? )?«\d+»(?: and «\d+»)?)$"
)
_ROOTS: Final = re.compile(
    r"((?:«\d+»(?:, and |, | and )?)+) (?:are|be|denote) (?:the )?(?:«\d+» )?(?:distinct |real |complex |two |three "
    r"|positive )*(?:roots|zeros|zeroes|solutions)"
    r" (?:of|to) (?:the )?(?:quadratic |cubic |quartic |polynomial )*(?:equation |polynomial |quadratic |cubic "
    r"|function )?«(\d+)»"
)


_IN_THE_FORM: Final = re.compile(
    r"(?:the )?(?:(?:quadratic|polynomial|cubic|expression|function) )*«(\d+)» (?:can|may) be (?:written|expressed"
    r"|rewritten|factored)"
    r"(?: in the form| as| into)? «(\d+)»(?:,? (?:where|with|for some|for) (.+))?"
)
_BETWEEN_INTEGERS: Final = re.compile(
    r"(?:the )?(?:value of |number )?«(\d+)» (?:is|lies) between (?:the )?consecutive integers «(\d+)» and «(\d+)»"
)
_MEETING: Final = re.compile(
    r"(?:the )?(?:point of )?intersection (?:point )?of (?:the )?(?:lines|graphs|line)(?: given by| with equations"
    r"| of)?(?: the equations)? «(\d+)» and «(\d+)»"
)
_TOUCHING: Final = re.compile(
    r"(?:at|for) what value of «(\d+)» do the graphs of «(\d+)» and «(\d+)» intersect at exactly one point"
)
_BARE: Final = re.compile(r"\s*([-+*/^()\d.\s]{3,1000})=\s*\??\s*")
"""`((2 + 3) * 4) =` and nothing else."""


class Reader:
    """Collects what the clauses of one question give."""

    def __init__(self, text: Skeleton) -> None:
        self.skeleton = text
        self.values = Values(text)
        self.givens: list[Expr] = []
        self.domains: dict[str, Domain] = {}
        self.functions: dict[str, tuple[tuple[str, ...], Expr]] = {}
        self.readings: list[Expr] = []
        self.recursion: Recursion | None = None

    def statement(self, clause: str) -> bool:
        """Takes in a clause that states something; False where it is not understood."""
        clause = re.sub(
            r"^(?:(?:then|and|also|now|let|suppose|given|assume|if|consider|define|that|when|we (?:know|are given)"
            r"|it is (?:given|known)|for|where|with|assuming|the (?:real )?(?:number|numbers|constants|variables)"
            r"(?= «))[ ,]+)+",
            "",
            clause.strip(" ,"),
        )
        if match := RECURSIVE.fullmatch(clause):
            self.recursion = recursion(*(self.skeleton.tree(index) for index in match.groups()))
            return self.recursion is not None
        clause = _FUNCTION_NOTE.sub("", clause)
        if not clause:
            return True
        if match := _ROOTS.fullmatch(clause):
            return self._roots(match.group(1), match.group(2))
        if match := _IN_THE_FORM.fullmatch(clause):
            return self._same(match.group(1), match.group(2)) and (
                not match.group(3) or self._declaration(match.group(3)) or self._facts(match.group(3))
            )
        if match := _BETWEEN_INTEGERS.fullmatch(clause):
            return self._between(match)
        return self._declaration(clause) or self._facts(clause)

    def _same(self, first: str, second: str) -> bool:
        """Two polynomials in the letters of the first that agree: each coefficient of their difference vanishes."""
        left, right = self.skeleton.tree(first), self.skeleton.tree(second)
        if left is None or right is None or is_relation(left) or is_relation(right):
            return False
        variables = free_symbols(left)
        poly = expanded(app("add", left, app("neg", right)))
        if poly is None or not variables or not free_symbols(right) - variables:
            return False
        sides: dict[tuple[tuple[str, int], ...], list[Expr]] = {}
        for monomial, coefficient in poly.items():
            outer = tuple((letter, power) for letter, power in monomial if letter in variables)
            inner = [app("pow", Sym(letter), num(power)) for letter, power in monomial if letter not in variables]
            sides.setdefault(outer, []).append(app("mul", num(coefficient), *inner) if inner else num(coefficient))
        for terms in sides.values():
            self.givens.append(app("eq", app("add", *terms) if len(terms) > 1 else terms[0], num(0)))
        return True

    def _between(self, match: re.Match[str]) -> bool:
        value, low, high = (self.skeleton.tree(index) for index in match.groups())
        if value is None or free_symbols(value) or not isinstance(low, Sym) or not isinstance(high, Sym):
            return False
        self.givens += [app("eq", low, app("floor", value)), app("eq", high, app("add", low, num(1)))]
        return True

    def _facts(self, clause: str) -> bool:
        clause = re.sub(
            r"^(?:the )?(?:functions?|equations?|systems? of equations|following system of equations|relations?"
            r"|following|polynomials?|operation) (?=«)",
            "",
            clause,
        )
        clause = (
            re.sub(r"(?:,? (?:respectively|simultaneously)|«\d+» (?:are|is) (?:defined )?(?:by|as) (?=«))", "", clause)
            if " defined " in clause
            else clause
        )
        if re.fullmatch(r"«\d+»(?:(?:, and |, | and |,)«\d+»)*", clause):
            trees = [self.skeleton.tree(index) for index in re.findall(r"«(\d+)»", clause)]
            return all(self._fact(tree) for tree in trees)
        made = condition(clause, Sym("n_"), self.skeleton, self.values.one)
        return made is not None and self._fact(made)

    def _fact(self, tree: Expr | None) -> bool:
        if tree is None or not is_relation(tree):
            return (
                isinstance(tree, Apply)
                and tree.head in ("is_integer", "is_prime", "is_square", "not", "and")
                and self._keep(tree)
            )
        assert isinstance(tree, Apply)
        if tree.head == "eq" and (function := _function(tree)) is not None:
            name, letters, body = function
            if name in self.functions or name in _called(body):
                return self._keep(tree)
            self.functions[name] = (letters, body)
            return True
        return self._keep(tree)

    def _keep(self, tree: Expr) -> bool:
        self.givens.append(tree)
        return True

    def _declaration(self, clause: str) -> bool:
        """ "x and y are positive real numbers such that …", "three positive numbers x, y, z satisfy …"."""
        listed = r"((?:«\d+»(?:, and |, | and |,)?)+)"
        satisfying = (
            r"(?:,? ?(?:such that|so that|satisfying|that satisfy|which satisfy|that satisfies|satisfy|satisfies"
            r"|with|for which|where|and|that sum to|be such that)"
            r"(?: the)?(?: following)?(?: equations?| systems? of equations| conditions?| inequality| relations?"
            r"| equation)?:?,? (.+))?"
        )
        if (
            match := re.fullmatch(
                rf"{listed},? ?(?:be|are|is|denote)(?: both| all| each)? ({_DOMAIN_WORDS.pattern}),?{satisfying}",
                clause,
            )
        ) or (
            match := re.fullmatch(
                rf"{listed} ?()(?:,? ?(?:satisfy|satisfies|be such that|are such that|is such that)(?: the)?"
                rf"(?: following)?(?: equations?| systems? of equations| conditions?)?:?,? (.+))",
                clause,
            )
        ):
            names, words, rest = match.group(1), match.group(2), match.group(3)
        elif match := re.fullmatch(rf"({_DOMAIN_WORDS.pattern}) {listed},? ?{satisfying}", clause):
            words, names, rest = match.group(1), match.group(2), match.group(3)
        else:
            return False
        letters = [self.skeleton.tree(index) for index in re.findall(r"«(\d+)»", names)]
        if not letters or not all(isinstance(letter, Sym) for letter in letters):
            return False
        symbols = [letter for letter in letters if isinstance(letter, Sym)]
        if not self._domain(symbols, words):
            return False
        if rest and "sum to" in clause[match.start(2) : match.start(3)]:
            total = self.values.one(rest)
            return total is not None and self._keep(app("eq", app("add", *symbols), total))
        return not rest or self._facts(rest) or self._facts_apart(rest)

    def _facts_apart(self, rest: str) -> bool:
        return all(self._facts(piece) for piece in re.split(r", and |, (?=«)| and ", rest) if piece)

    def _domain(self, letters: list[Sym], words: str) -> bool:
        if "digit" in words:
            return False
        sort: Domain | None = None
        if "integer" in words or "whole" in words or "natural" in words:
            sort = "natural" if "positive" in words or "natural" in words else "integer"
        elif "prime" in words:
            sort = "prime"
        elif "complex" in words:
            sort = "complex"
        elif "rational" in words:
            sort = "rational"
        elif "positive" in words:
            sort = "positive"
        elif re.search(r"non-?negative", words):
            sort = "nonnegative"
        elif "real" in words or "number" in words:
            sort = "real"
        for letter in letters:
            if sort is not None:
                self.domains[letter.name] = sort
            if "nonzero" in words or "non-zero" in words:
                self.givens.append(app("ne", letter, num(0)))
            if sort == "integer" and re.search(r"non-?negative|whole", words):
                self.givens.append(app("ge", letter, num(0)))
            if "negative" in words.split() and sort is not None:
                self.givens.append(app("lt", letter, num(0)))
            for parity, rest in (("odd", 1), ("even", 0)):
                if parity in words.split():
                    self.givens.append(app("congruent", letter, num(rest), num(2)))
        if re.search(r"\b(?:distinct|different|unequal)\b", words):
            self.givens.extend(app("ne", a, b) for a, b in combinations(letters, 2))
        return True

    def _roots(self, names: str, index: str) -> bool:
        letters = [self.skeleton.tree(i) for i in re.findall(r"«(\d+)»", names)]
        tree = self.skeleton.tree(index)
        if tree is None or not all(isinstance(letter, Sym) for letter in letters):
            return False
        symbols = [letter for letter in letters if isinstance(letter, Sym)]
        if isinstance(tree, Apply) and tree.head == "eq" and (function := _function(tree)):
            tree = app("eq", function[2], num(0))
            self.functions[function[0]] = (function[1], function[2])
        if not is_relation(tree):
            tree = app("eq", tree, num(0))
        unknown = free_symbols(tree) - {s.name for s in symbols}
        if len(unknown) != 1:
            return False
        self.givens.append(
            app("call", Sym("roots"), app("such_that", Sym(next(iter(unknown))), tree), app("tuple", *symbols))
        )
        for letter in symbols:
            self.domains[letter.name] = "complex"
        return True

    def asked(self, clause: str) -> bool:
        """Takes in the clause that asks; False where it is not understood."""
        clause = clause.strip(" ,")
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
            return self._want(self.values.readings(clause))
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


def read_problem(question: str) -> Problem | None:
    """The question as a problem, or None where any clause of it is not understood."""
    if (bare := _BARE.fullmatch(question)) is not None:
        asked = read(bare.group(1))
        return None if isinstance(asked, Unread) else Problem(readings=(asked,), context=Context())
    text = skeleton(as_functions(question))
    if text is None or not text.sentences or len(text.sentences) > 8 or any(len(s) > 400 for s in text.sentences):
        return None
    plain = [s for s in text.sentences if not _FORMAT.match(s) or s.startswith("simplify")]
    rounded = any(_ROUNDED.search(sentence) for sentence in text.sentences)
    if (whole := whole_question(" // ".join(plain), text)) is not None:
        return Problem(readings=(whole,), context=Context(), rounded=rounded)
    reader = Reader(text)
    percent = False
    for sentence in text.sentences:
        percent = percent or "percent" in sentence
        if _FORMAT.match(sentence) and not (not reader.readings and sentence.startswith("simplify")):
            continue
        if not reader.sentence(sentence):
            return None
    given = reader.recursion
    asked_for = reader.readings if given is None else [put_in(reading, given) for reading in reader.readings]
    inverted = [_inverses(reading, reader) for reading in asked_for]
    readings = [_completed(reading, reader.givens) for reading in inverted]
    if not readings or None in readings:
        return None
    context = Context(
        functions=tuple((name, letters, body) for name, (letters, body) in reader.functions.items()),
        givens=tuple(reader.givens),
        domains=tuple(reader.domains.items()),
    )
    return Problem(
        readings=tuple(reading for reading in readings if reading is not None),
        context=context,
        rounded=rounded,
        percent=percent,
    )


def _inverses(tree: Expr, reader: Reader) -> Expr:
    """`f^{-1}(4)` as a letter t under f(t) = 4."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_inverses(argument, reader) for argument in tree.args)
    if tree.head == "call" and isinstance(tree.args[0], Apply) and tree.args[0].head == "inverse" and len(args) == 2:
        function = tree.args[0].args[0]
        if isinstance(function, Sym) and function.name in reader.functions:
            letter = Sym(f"t_{len(reader.givens)}")
            reader.givens.append(app("eq", app("call", function, letter), args[1]))
            return letter
    return Apply(tree.head, args)


def _completed(tree: Expr, givens: list[Expr]) -> Expr | None:
    """Sets of the values of a letter that is restricted elsewhere in the question, with these restrictions put in."""
    if not isinstance(tree, Apply):
        return tree
    if tree.head == "such_that":
        variable, restriction = tree.args
        assert isinstance(variable, Sym)
        own = [given for given in givens if variable.name in free_symbols(given)]
        if any(free_symbols(given) != {variable.name} for given in own):
            return None
        bare = isinstance(restriction, Apply) and restriction.head == "in"
        if not own:
            return None if bare else tree
        return app("such_that", variable, both(restriction, *own))
    arguments = [_completed(argument, givens) for argument in tree.args]
    return None if None in arguments else Apply(tree.head, tuple(a for a in arguments if a is not None))


def _function(tree: Apply) -> tuple[str, tuple[str, ...], Expr] | None:
    left, right = tree.args
    if not (isinstance(left, Apply) and left.head == "call" and isinstance(left.args[0], Sym)):
        return None
    letters = left.args[1:]
    names = tuple(letter.name for letter in letters if isinstance(letter, Sym))
    if len(names) != len(letters) or len(set(names)) != len(names):
        return None
    return left.args[0].name, names, right


def _called(expr: Expr) -> set[str]:
    return {
        node.args[0].name
        for node in walk(expr)
        if isinstance(node, Apply) and node.head == "call" and isinstance(node.args[0], Sym)
    }
