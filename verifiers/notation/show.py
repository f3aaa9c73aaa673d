"""A tree in plain text for people: `show(read(t))` reads back to the same value."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym, Text, Unit
from verifiers.notation.units import plural

_LOOSE, _RELATION, _SET, _ADD, _MUL, _SIGN, _POWER, _ATOM = range(8)

_SUPERSCRIPT: Final = str.maketrans("0123456789-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ")
_RELATIONS: Final[Mapping[str, str]] = {
    "eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "approx": "≈", "in": "∈", "notin": "∉",
    "subset": "⊆", "divides": "∣", "proportional": "∝", "parallel": "∥", "perpendicular": "⊥", "similar": "∼",
}  # fmt: skip
_CONSTANTS: Final[Mapping[str, str]] = {
    "pi": "π", "inf": "∞", "reals": "ℝ", "integers": "ℤ", "naturals": "ℕ", "rationals": "ℚ", "complexes": "ℂ",
    "empty": "∅",
}  # fmt: skip
_GREEK: Final[Mapping[str, str]] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ",
    "sigma": "σ", "phi": "φ", "omega": "ω", "tau": "τ", "rho": "ρ", "psi": "ψ",
}  # fmt: skip
_MONEY: Final[Mapping[str, str]] = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹"}
_INFIX: Final[Mapping[str, tuple[str, int]]] = {
    "union": (" ∪ ", _SET), "intersection": (" ∩ ", _SET), "setminus": (" ∖ ", _SET), "ratio": (":", _SET),
    "mod": (" mod ", _ADD),
}  # fmt: skip
_FENCES: Final[Mapping[str, tuple[str, str]]] = {
    "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"), "set": ("{", "}"), "tuple": ("(", ")"),
    "row": ("[", "]"), "matrix": ("[", "]"), "norm": ("‖", "‖"),
}  # fmt: skip


def show(expr: Expr) -> str:
    """Plain Unicode text, one line: `x² + 1/2`, `[0, 1)`, `5 kg`. A tree nested too deep is cut short with `…`."""
    try:
        return _show(expr)[0]
    except RecursionError:
        return "…"


def _show(expr: Expr) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    if isinstance(expr, Num):
        return _number(expr)
    if isinstance(expr, Sym):
        return _GREEK.get(expr.name, expr.name), _ATOM
    if isinstance(expr, Const):
        return _CONSTANTS.get(expr.name, expr.name), _ATOM
    if isinstance(expr, Unit):
        return expr.name, _ATOM
    if isinstance(expr, Text):
        return expr.value, _ATOM
    shower = _SHOWN.get(expr.head)
    if shower is not None:
        return shower(expr)
    if expr.head in _RELATIONS:
        left, right = (_at_least(arg, _SET) for arg in expr.args)
        return f"{left} {_RELATIONS[expr.head]} {right}", _RELATION
    if expr.head in _INFIX:
        sign, level = _INFIX[expr.head]
        return sign.join(_at_least(arg, level + 1) for arg in expr.args), level
    if expr.head in _FENCES:
        opening, closing = _FENCES[expr.head]
        return opening + ", ".join(_at_least(arg, _RELATION) for arg in expr.args) + closing, _ATOM
    return f"{expr.head}({', '.join(_at_least(arg, _RELATION) for arg in expr.args)})", _ATOM


def _at_least(expr: Expr, level: int) -> str:
    text, own = _show(expr)
    return text if own >= level else f"({text})"


def _number(number: Num) -> tuple[str, int]:
    value, places = number.value, number.places
    if places is not None:
        scaled = value * Fraction(10) ** places
        if scaled.denominator == 1:
            return _decimal(scaled.numerator, places), _SIGN if value < 0 else _ATOM
    if value.denominator == 1:
        return str(value.numerator), _SIGN if value < 0 else _ATOM
    return f"{value.numerator}/{value.denominator}", _MUL


def _decimal(digits: int, places: int) -> str:
    sign, text = "-" if digits < 0 else "", str(abs(digits))
    if places <= 0:
        point = "." if len(text) > 1 else ""
        return f"{sign}{text[0]}{point}{text[1:]}e{len(text) - 1 - places}"
    text = text.rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}"


def _sum(expr: Apply) -> tuple[str, int]:
    first, *rest = expr.args
    parts = [_at_least(first, _MUL)]
    for arg in rest:
        text = _at_least(arg, _MUL)
        if isinstance(arg, Num) and arg.value.denominator != 1 and arg.places is None:
            text = f"({text})" if text.startswith("-") else text
        parts.append(f" - {text[1:]}" if text.startswith("-") else f" + {text}")
    return "".join(parts), _ADD


def _product(expr: Apply) -> tuple[str, int]:
    out = _at_least(expr.args[0], _SIGN)
    if out.startswith("-"):
        out = f"({out})"
    before = expr.args[0]
    for arg in expr.args[1:]:
        text = _at_least(arg, _POWER)
        plain = isinstance(before, Num) and before.places is None and not out.endswith(")")
        letter = arg.args[0] if isinstance(arg, Apply) and arg.head == "pow" else arg
        glued = plain and (text.startswith("(") or (isinstance(letter, Sym) and len(letter.name) == 1))
        glued = glued and letter not in _UNGLUED
        out += text if glued else f"·{text}"
        before = arg
    return out, _MUL


_UNGLUED: Final = frozenset({Sym("C"), Sym("P"), Sym("E"), Sym("e")})


def _quotient(expr: Apply) -> tuple[str, int]:
    above, below = expr.args
    top = _at_least(above, _MUL)
    return f"{f'({top})' if top.startswith('-') else top}/{_at_least(below, _POWER)}", _MUL


def _negative(expr: Apply) -> tuple[str, int]:
    text = _at_least(expr.args[0], _MUL)
    return f"-({text})" if text.startswith("-") or isinstance(expr.args[0], Num) else f"-{text}", _SIGN - 1


def _power(expr: Apply) -> tuple[str, int]:
    base, exponent = expr.args
    shown = _at_least(base, _ATOM)
    if isinstance(exponent, Num) and exponent.value.denominator == 1 and exponent.places is None:
        return shown + str(exponent.value.numerator).translate(_SUPERSCRIPT), _POWER
    if isinstance(exponent, Sym) and len(exponent.name) == 1:
        return f"{shown}^{exponent.name}", _POWER
    return f"{shown}^({_show(exponent)[0]})", _POWER


def _root(expr: Apply) -> tuple[str, int]:
    inner, level = _show(expr.args[0])
    tight = level >= _ATOM and (isinstance(expr.args[0], (Sym, Const)) or inner.isdigit())
    return f"√{inner}" if tight else f"√({inner})", _POWER


def _absolute(expr: Apply) -> tuple[str, int]:
    inner = _at_least(expr.args[0], _SET)
    return f"abs({inner})" if "|" in inner else f"|{inner}|", _ATOM


def _suffixed(sign: str) -> Callable[[Apply], tuple[str, int]]:
    return lambda expr: (_at_least(expr.args[0], _ATOM) + sign, _POWER)


def _prefixed(sign: str) -> Callable[[Apply], tuple[str, int]]:
    return lambda expr: (sign + _at_least(expr.args[0], _ATOM), _ATOM)


def _signed(sign: str) -> Callable[[Apply], tuple[str, int]]:
    def shower(expr: Apply) -> tuple[str, int]:
        if len(expr.args) == 1:
            return f"{sign}{_at_least(expr.args[0], _POWER)}", _SIGN - 1
        return f"{_at_least(expr.args[0], _ADD)} {sign} {_at_least(expr.args[1], _SIGN)}", _ADD

    return shower


def _all(expr: Apply) -> tuple[str, int]:
    """Links `a = b`, `b < c` that meet are shown as one chain."""
    first = expr.args[0]
    links = [arg for arg in expr.args if isinstance(arg, Apply) and arg.head in _RELATIONS]
    meets = all(a.args[1] == b.args[0] for a, b in pairwise(links))
    if len(links) == len(expr.args) and meets and isinstance(first, Apply):
        chain = _at_least(first.args[0], _SET)
        return chain + "".join(f" {_RELATIONS[a.head]} {_at_least(a.args[1], _SET)}" for a in links), _RELATION
    return " and ".join(_at_least(arg, _RELATION) for arg in expr.args), _LOOSE


def _joined(sign: str) -> Callable[[Apply], tuple[str, int]]:
    return lambda expr: (sign.join(_at_least(arg, _RELATION) for arg in expr.args), _LOOSE)


def _interval(expr: Apply) -> tuple[str, int]:
    low, high, left, right = expr.args
    opening = "[" if left == Text("closed") else "("
    return f"{opening}{show(low)}, {show(high)}{']' if right == Text('closed') else ')'}", _ATOM


def _call(expr: Apply) -> tuple[str, int]:
    inside = ", ".join(_at_least(arg, _RELATION) for arg in expr.args[1:])
    return f"{_at_least(expr.args[0], _POWER)}({inside})", _ATOM


def _inverse(expr: Apply) -> tuple[str, int]:
    return f"{_at_least(expr.args[0], _ATOM)}^(-1)", _POWER


def _prime(expr: Apply) -> tuple[str, int]:
    count = expr.args[1] if len(expr.args) > 1 else Num(Fraction(1))
    marks = int(count.value) if isinstance(count, Num) and 0 < count.value < 9 else 1
    return _at_least(expr.args[0], _ATOM) + "'" * marks, _ATOM


def _logarithm(expr: Apply) -> tuple[str, int]:
    inner = _at_least(expr.args[0], _SET)
    if len(expr.args) == 1:
        return f"log({inner})", _ATOM
    base = expr.args[1]
    if isinstance(base, Num) and base.value.denominator == 1 and base.value > 0 and base.places is None:
        return f"log_{base.value}({inner})", _ATOM
    return f"log({inner}, {_at_least(base, _SET)})", _ATOM


def _choice(expr: Apply) -> tuple[str, int]:
    name = "C" if all(isinstance(arg, Num) for arg in expr.args) else "binom"
    return f"{name}({show(expr.args[0])}, {show(expr.args[1])})", _ATOM


def _quantity(expr: Apply) -> tuple[str, int]:
    value, unit = expr.args
    if isinstance(unit, Unit) and unit.name in _MONEY and isinstance(value, Num):
        return _MONEY[unit.name] + _number(value)[0], _MUL
    if isinstance(unit, Unit) and unit.name in _TEMPERATURES:
        return f"{_at_least(value, _SIGN)} {_TEMPERATURES[unit.name]}", _MUL
    one = isinstance(value, Num) and abs(value.value) == 1
    return f"{_at_least(value, _SIGN)} {_show(unit)[0] if one else _plural(unit)}", _MUL


def _plural(unit: Expr) -> str:
    """`apples`, `feet`, `miles/hour`; symbols and whatever would not read back stay as they are."""
    if isinstance(unit, Apply) and unit.head == "div":
        return f"{_plural(unit.args[0])}/{_at_least(unit.args[1], _POWER)}"
    return plural(unit.name) if isinstance(unit, Unit) else _show(unit)[0]


_TEMPERATURES: Final[Mapping[str, str]] = {"celsius": "°C", "fahrenheit": "°F"}


def _mixed(expr: Apply) -> tuple[str, int]:
    return f"{show(expr.args[0])} {show(expr.args[1])}", _MUL


def _repeating(expr: Apply) -> tuple[str, int]:
    start, cycle = expr.args
    if isinstance(start, Num) and start.places == 0:
        return f"{start.value}.({show(cycle)})", _ATOM
    return f"{show(start)}({show(cycle)})", _ATOM


def _binder(sign: str) -> Callable[[Apply], tuple[str, int]]:
    def shower(expr: Apply) -> tuple[str, int]:
        term, letter, low, high = expr.args
        return f"{sign}_{{{show(letter)}={show(low)}}}^{{{show(high)}}} {_at_least(term, _MUL)}", _MUL

    return shower


def _integral(expr: Apply) -> tuple[str, int]:
    body = f"{_at_least(expr.args[0], _ADD)} d{show(expr.args[1])}"
    if len(expr.args) < 4:
        return f"∫ {body}", _MUL
    low, high = (_at_least(arg, _ATOM) for arg in expr.args[2:])
    return f"∫_{low}^{high} {body}", _MUL


def _limit(expr: Apply) -> tuple[str, int]:
    side = f"^{show(expr.args[3])}" if len(expr.args) > 3 else ""
    return f"lim_{{{show(expr.args[1])}→{_at_least(expr.args[2], _SIGN)}{side}}} {_at_least(expr.args[0], _MUL)}", _MUL


def _condition(expr: Apply) -> tuple[str, int]:
    return f"{{{show(expr.args[0])} : {show(expr.args[1])}}}", _ATOM


def _congruence(expr: Apply) -> tuple[str, int]:
    a, b, m = (_at_least(arg, _SET) for arg in expr.args)
    return f"{a} ≡ {b} (mod {m})", _RELATION


def _negation(expr: Apply) -> tuple[str, int]:
    return f"¬{_at_least(expr.args[0], _ATOM)}", _RELATION


def _list(expr: Apply) -> tuple[str, int]:
    return ", ".join(_at_least(arg, _RELATION) for arg in expr.args), _LOOSE


_SHOWN: Final[Mapping[str, Callable[[Apply], tuple[str, int]]]] = {
    "add": _sum, "mul": _product, "div": _quotient, "neg": _negative, "pow": _power, "sqrt": _root, "abs": _absolute,
    "factorial": _suffixed("!"), "double_factorial": _suffixed("!!"), "percent": _suffixed("%"),
    "degree": _suffixed("°"), "complement": _suffixed("ᶜ"), "transpose": _suffixed("ᵀ"), "pm": _signed("±"),
    "mp": _signed("∓"), "and": _all, "or": _joined(" or "), "implies": _joined(" ⟹ "), "iff": _joined(" ⟺ "),
    "interval": _interval, "call": _call, "inverse": _inverse, "prime": _prime, "log": _logarithm, "binom": _choice,
    "quantity": _quantity, "mixed": _mixed, "repeating": _repeating, "sum": _binder("∑"), "prod": _binder("∏"),
    "integral": _integral, "limit": _limit, "such_that": _condition, "congruent": _congruence, "not": _negation,
    "list": _list, "angle": _prefixed("∠"), "triangle": _prefixed("△"), "ellipsis": lambda expr: ("…", _ATOM),
    "based": lambda expr: (f"{show(expr.args[0])}_{_at_least(expr.args[1], _ATOM)}", _ATOM),
    "clock": lambda expr: (":".join(show(arg).rjust(2, "0") for arg in expr.args), _ATOM),
}  # fmt: skip
