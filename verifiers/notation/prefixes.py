"""Which token begins which operand."""

from collections.abc import Callable, Mapping
from typing import Final

from verifiers.expr import Expr
from verifiers.notation.brackets import angle_brackets, bars, braced_set, braces, fenced, group, matrix
from verifiers.notation.calculus import big_sum, evaluation_bar, fraction, integral, limit
from verifiers.notation.functions import (
    binomial,
    braced_over,
    function,
    root,
    root_sign,
    sign_alone,
    transparent,
    underlined,
)
from verifiers.notation.grammar import Parser
from verifiers.notation.tokens import Token
from verifiers.notation.words import (
    constant,
    delta,
    ellipsis,
    hat,
    hexadecimal,
    money,
    named,
    overline,
    plain_word,
    upright_vector,
    vulgar_fraction,
    words,
)

READERS: Final[Mapping[str, Callable[[Parser, Token], Expr]]] = {
    "(": group, "[": group, "{": braces, "\\{": braced_set, "|": bars, "norm": bars, "<(": angle_brackets,
    "|(": fenced("abs"), "norm(": fenced("norm"), "floor(": fenced("floor"), "ceil(": fenced("ceil"), "begin": matrix,
    "frac": fraction, "sqrt": root, "root": root_sign, "binom": binomial, "boxed": transparent,
    "underbrace": braced_over,
    "underline": underlined, "func": function, "pm": sign_alone("pm"), "mp": sign_alone("mp"),
    "sum": big_sum, "prod": big_sum, "int": integral, "lim": limit, "nodelimiter": evaluation_bar,
    "const": constant, "vulgar": vulgar_fraction, "hex": hexadecimal, "money": money, "words": words,
    "word": plain_word, "dots": ellipsis, "vec": upright_vector, "overline": overline, "hat": hat, "delta": delta,
    "angle": named("angle"), "triangle": named("triangle"), "arc": named("arc"),
}  # fmt: skip

Parser.readers = READERS
