"""Sentences as text that `notation` reads back as the same tree."""

from typing import Final

from verifiers.expr import Apply, Const, Expr, Num, Sym
from verifiers.logic.signature import THING
from verifiers.logic.typing import QUANTIFIERS, binder

_INFIX: Final = {"iff": (" ↔ ", 1), "implies": (" → ", 2), "or": (" ∨ ", 3), "xor": (" ⊕ ", 3), "and": (" ∧ ", 4)}
_COMPARE: Final = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}
_UNARY: Final = 5
_TERM: Final = 6


def show(sentence: Expr) -> str:
    """The sentence in first-order notation. What the notation has no sign for is written like a function."""
    return _show(sentence)[0]


def _show(expr: Expr) -> tuple[str, int]:
    """Text and how tightly it binds."""
    match expr:
        case Num(value=value):
            return str(value), _TERM
        case Const(name=name) | Sym(name=name):
            return name, _TERM
        case Apply(head="call", args=(Sym(name=name), *arguments)):
            return f"{name}({', '.join(show(a) for a in arguments)})", _TERM
        case Apply(head="not", args=(inner,)):
            if isinstance(inner, Apply) and inner.head == "eq":
                return show(Apply("ne", inner.args)), _UNARY
            return f"¬{_within(inner, _UNARY)}", _UNARY
        case Apply(head=head, args=(_, body)) if head in QUANTIFIERS:
            letter, sort = binder(expr)
            named = letter if sort == THING else f"{letter}:{sort}"
            mark = "∀" if head == "forall" else "∃"
            text, binds = _show(body)
            nested = isinstance(body, Apply) and body.head in QUANTIFIERS
            return f"{mark}{named} {text if nested or binds == _TERM else f'({text})'}", _UNARY
        case Apply(head=head, args=args) if head in _INFIX:
            sign, binding = _INFIX[head]
            return sign.join(_within(a, binding + 1) for a in args), binding
        case Apply(head=head, args=(a, b)) if head in _COMPARE:
            return f"{_term(a)} {_COMPARE[head]} {_term(b)}", _UNARY
        case Apply(head="add", args=args):
            parts = [_term(args[0])]
            for part in args[1:]:
                negative = isinstance(part, Apply) and part.head == "neg"
                parts.append(f"- {_factor(part.args[0])}" if negative else f"+ {_factor(part)}")  # type: ignore[union-attr]
            return " ".join(parts), _UNARY
        case Apply(head="mul", args=args):
            return " * ".join(_factor(a) for a in args), _UNARY
        case Apply(head="neg", args=(a,)):
            return f"-{_factor(a)}", _UNARY
        case Apply(head=head, args=args):
            return f"{head}({', '.join(show(a) for a in args)})", _TERM
    return str(expr), _TERM


def _within(expr: Expr, least: int) -> str:
    text, binds = _show(expr)
    return text if binds >= least else f"({text})"


def _term(expr: Expr) -> str:
    text, _ = _show(expr)
    sentence = isinstance(expr, Apply) and (expr.head in _INFIX or expr.head in _COMPARE or expr.head in QUANTIFIERS)
    return f"({text})" if sentence else text


def _factor(expr: Expr) -> str:
    text, _ = _show(expr)
    return f"({text})" if isinstance(expr, Apply) and expr.head in ("add", "mul") else text
