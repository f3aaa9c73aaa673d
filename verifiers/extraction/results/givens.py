"""What the statements of a question give: equations, functions, domains, roots.

A statement that is not understood is told so, and then the question is no problem of ours.
"""

import re
from itertools import combinations
from typing import Final

from verifiers.claims import Domain
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.extraction.meaning.functions import called
from verifiers.extraction.meaning.polynomials import expanded
from verifiers.extraction.results.conditions import condition
from verifiers.extraction.results.recursion import RECURSIVE, Recursion, recursion
from verifiers.extraction.results.skeleton import Skeleton, is_relation
from verifiers.extraction.results.values import Values

_DOMAIN_WORDS: Final = re.compile(
    r"(?:an? |the |some |any |all |fixed |given |distinct |different |unequal |two |three |four |«\d+» |both |each "
    r"|positive |negative |non-?negative |nonzero |non-zero |real |complex |rational |whole |natural |prime |odd "
    r"|even |«\d+»-digit )*"
    r"(?:numbers?|integers?|reals?|constants?|real|positive|integers|primes?|complex|variables?|nonzero|non-zero"
    r"|negative)"
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


class Givens:
    """Collects what the statements of one question give."""

    def __init__(self, text: Skeleton) -> None:
        self.skeleton = text
        self.values = Values(text)
        self.givens: list[Expr] = []
        self.domains: dict[str, Domain] = {}
        self.functions: dict[str, tuple[tuple[str, ...], Expr]] = {}
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
            if name in self.functions or name in called(body):
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


def _function(tree: Apply) -> tuple[str, tuple[str, ...], Expr] | None:
    left, right = tree.args
    if not (isinstance(left, Apply) and left.head == "call" and isinstance(left.args[0], Sym)):
        return None
    letters = left.args[1:]
    names = tuple(letter.name for letter in letters if isinstance(letter, Sym))
    if len(names) != len(letters) or len(set(names)) != len(names):
        return None
    return left.args[0].name, names, right
