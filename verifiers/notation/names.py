"""Letters: their subscripts and primes, and whether brackets after them are an argument or a factor."""

from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, num
from verifiers.notation.cursor import CLOSER_OF, CLOSERS, MINUS_ONE, MUL, ONE, OPENERS, Cursor
from verifiers.notation.tables import SUBSCRIPTS
from verifiers.notation.tokens import Token

FUNCTION_LETTERS: Final = frozenset("fghpqPQFGTRSNHLWE") | {
    "phi",
    "psi",
    "chi",
    "nu",
    "Phi",
    "sigma",
    "Gamma",
    "zeta",
    "tau",
}
SURE_FUNCTION_LETTERS: Final = frozenset("fgFG")


class Names(Cursor):
    """Reads what begins with a letter."""

    def name(self, token: Token) -> Expr:
        name = token.value
        kind = self.kind
        if self.integrals and name == "d" and kind == "name" and self.differential is None:
            self.differential = Sym(self.take().value)
            return ONE
        if kind == "_":
            name = self.subscripted(name)
        elif kind == "sub":
            name = f"{name}_{self.take().value.translate(SUBSCRIPTS)}"
        elif name == "e" and (self.exponential or kind == "^" or kind == "sup"):
            return Const("e")
        elif name == "i" and self.imaginary:
            return Const("i")
        letter: Expr = Sym(name)
        kind = self.kind
        if kind == "'" or kind == "''":
            return self._primed(token.value, name)
        if kind == "(" and self._calls(token.value, name):
            return self.call(letter)
        if kind == "[" and token.value in ("E", "P") and token.value not in self.bare:
            return self.call(letter)
        if kind == "^" and token.value in SURE_FUNCTION_LETTERS | self.options.functions:
            return self._inverse_call(letter)
        return letter

    def _calls(self, letter: str, name: str) -> bool:
        if letter in self.options.functions or name in self.options.functions:
            return True
        if letter == "C" and self._is_choice():
            return True
        if self.is_modulus():
            return False
        if letter not in FUNCTION_LETTERS:
            return self._names_a_function(letter, name)
        if letter in SURE_FUNCTION_LETTERS:
            return True
        return letter not in self.bare and not self._argument_mentions(letter)

    def _names_a_function(self, letter: str, name: str) -> bool:
        """`y(t)` and `ν_2(n)`: nobody writes a product so."""
        inside, closing = (*self.tokens[self.at + 1 : self.at + 3], self.tokens[-1])[:2]
        if name != letter and letter in ("v", "nu"):
            return True
        if (letter.isupper() or letter == "d") and self._argument_has_commas():
            return True
        one = inside.kind == "name" and closing.kind == ")" and inside.value != letter
        return one and letter not in self.bare and inside.start == self.tokens[self.at].end

    def _argument_has_commas(self) -> bool:
        """`A(1, 2)` names a point and `d(a, b)` a distance, though `t(1, 2)` is a multiple of a vector."""
        level = 0
        for token in self.tokens[self.at : self.at + 60]:
            level += (token.kind in OPENERS) - (token.kind in CLOSERS)
            if level <= 0:
                return False
            if token.kind == "," and level == 1:
                return True
        return False

    def _is_choice(self) -> bool:
        kinds = [token.kind for token in self.tokens[self.at : self.at + 5]]
        if kinds[:3] == ["(", "num", ")"]:
            return len(self.listed(self.tokens[self.at + 1]) or ()) == 2
        return kinds == ["(", "num", ",", "num", ")"]

    def _argument_mentions(self, letter: str) -> bool:
        level = 0
        for token in self.tokens[self.at : self.at + 200]:
            if token.kind in OPENERS:
                level += 1
            elif token.kind in CLOSERS:
                level -= 1
                if level <= 0:
                    return False
            elif token.kind == "name" and token.value == letter:
                return True
        return False

    def call(self, function: Expr) -> Expr:
        """`f(a, b)` with the opening parenthesis next."""
        arguments = self.arguments()
        if function == Sym("C") and len(arguments) == 2 and "C" not in self.options.functions:
            self.ambiguous |= not all(isinstance(argument, Num) for argument in arguments)
            return Apply("binom", tuple(arguments))
        if not arguments:
            raise self.stop("an argument expected")
        return Apply("call", (function, *arguments))

    def arguments(self, several: bool = True) -> list[Expr]:
        """The items in the bracket that opens here. Where a function takes several, `12,180` is two of them."""
        opener = self.take()
        closer = CLOSER_OF[opener.kind]
        listed = self.listed(self.tokens[self.at]) if several and self.tokens[self.at + 1].kind == closer else None
        if listed is not None:
            self.at += 2
            return listed
        items: list[Expr] = []
        while True:
            items.append(self.inside(self.statement_item))
            if not self.accept(",") and not self.accept(";"):
                break
        self.expect(closer)
        return items

    def _primed(self, letter: str, name: str) -> Expr:
        count = 0
        while self.kind in ("'", "''"):
            count += len(self.take().kind)
        if not (letter in FUNCTION_LETTERS or letter in "yuv" or letter in self.options.functions):
            return Sym(name + "'" * count)
        called = self.kind == "(" and (
            letter in SURE_FUNCTION_LETTERS or not (letter in self.bare or self._argument_mentions(letter))
        )
        primed = Apply("prime", (Sym(name),) if count == 1 else (Sym(name), num(count)))
        return self.call(primed) if called else primed

    def _inverse_call(self, letter: Expr) -> Expr:
        """`f^{-1}(x)`, `f^{(n)}(x)`; a plain power of a letter is left to the operators."""
        start = self.at
        self.at += 1
        exponent = self.argument(script=True)
        if self.kind == "(" and exponent == MINUS_ONE:
            return self.call(Apply("inverse", (letter,)))
        if self.kind == "(":
            self.ambiguous = True
            return self.call(Apply("pow", (letter, exponent)))
        self.at = start
        return letter

    def subscripted(self, name: str) -> str:
        """`x_1`, `a_{n+1}`: the subscript is part of the name."""
        self.expect("_")
        if not self.accept("{"):
            token = self.take()
            if token.kind not in ("num", "name", "words", "word", "*", "const"):
                self.at -= 1
                raise self.stop("a subscript expected")
            if token.kind == "num" and len(token.value) > 1 and self.latex:
                pass
            return f"{name}_{token.value}"
        level = 1
        parts: list[str] = []
        while level:
            token = self.take()
            if token.kind == "stop" or len(parts) > 60:
                raise self.stop("an unclosed subscript")
            level += (token.kind == "{") - (token.kind == "}")
            if level:
                parts.append(_spelled(token))
        if not parts:
            return name
        return f"{name}_{parts[0]}" if len(parts) == 1 else f"{name}_{{{''.join(parts)}}}"

    def is_modulus(self) -> bool:
        """`(mod 7)` in its spellings, the parenthesis next."""
        after = self.tokens[self.at + 1]
        if after.kind in ("mod", "pmod") or (after.kind in ("words", "word") and after.value in ("mod", "modulo")):
            return True
        return after.kind == "name" and "".join(t.value for t in self.tokens[self.at + 1 : self.at + 4]) == "mod"

    def modulus(self) -> Expr | None:
        """`\\pmod{m}` or `(mod m)`, if it stands here."""
        while self.kind == "gap" or (self.kind == "," and self.tokens[self.at + 1].kind == "pmod"):
            self.at += 1
        if self.kind == "pmod":
            self.at += 1
            return self.argument()
        if self.kind == "(" and self.is_modulus():
            self.at += 4 if self.tokens[self.at + 1].kind == "name" else 2
            modulus = self.inside(self.expression)
            self.expect(")")
            return modulus
        if self.kind in ("word", "words") and self.tokens[self.at].value in ("mod", "modulo"):
            self.at += 1
            return self.expression(MUL)
        return None


def _spelled(token: Token) -> str:
    if token.kind in ("num", "name", "word", "words", "const", "func"):
        return token.value
    return {"rel": {"eq": "="}.get(token.value, token.value), "dots": "..."}.get(token.kind, token.kind)
