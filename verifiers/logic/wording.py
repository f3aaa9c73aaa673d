"""Models in the words of the problem."""

from collections.abc import Mapping, Set
from typing import Final

import msgspec

from verifiers.expr import Const, Expr, Num, Sym
from verifiers.logic.models import FALSE, TRUE, Interpretation, Model
from verifiers.logic.signature import BOOL, Signature, Symbol

MOST: Final = 24
"""Facts told of a model."""


def describe(model: Model, signature: Signature) -> Model:
    """The model with its `text`: constants by value, predicates by whom they hold of."""
    facts: list[str] = []
    profiles: dict[str, list[str]] = {}
    for interpretation in model.interpretations:
        symbol = signature.by_name.get((interpretation.name, interpretation.arity))
        if symbol is None:
            continue
        if "{no}" in symbol.words and len(symbol.arguments) == 1:
            for (member,), value in interpretation.entries:
                told = symbol.words.format("", no="" if value == TRUE else "not ").strip()
                profiles.setdefault(_word(member), []).append(told)
        else:
            facts.extend(_facts(interpretation, symbol))
    facts.extend(_told(profiles, {symbol.name for symbol in signature.symbols if not symbol.arguments}))
    shown = facts[:MOST]
    text = ", ".join(shown) + (f", and {len(facts) - MOST} more" if len(facts) > MOST else "")
    return msgspec.structs.replace(model, text=text)


def _told(profiles: Mapping[str, list[str]], named: Set[str]) -> list[str]:
    """What is said of each individual; of several alike that have no name one is told of."""
    seen: set[tuple[str, ...]] = set()
    facts: list[str] = []
    for name in sorted(profiles, key=lambda name: name not in named):
        said = profiles[name]
        if name in named or tuple(said) not in seen:
            seen.add(tuple(said))
            facts.append(f"{name} {', '.join(said[:-1])} and {said[-1]}" if said[1:] else f"{name} {said[0]}")
    return facts


def _facts(table: Interpretation, symbol: Symbol) -> list[str]:
    if symbol.result != BOOL:
        return [
            f"{_applied(symbol.name, arguments)} = {_value(value, symbol)}"
            for arguments, value in table.entries
            if arguments or value != Sym(symbol.name)
        ]
    if not symbol.arguments:
        return [f"{symbol.name} is {_word(value)}" for _, value in table.entries]
    return [
        f"{'' if value == TRUE else 'not '}{_applied(symbol.name, arguments)}"
        for arguments, value in table.entries
        if value in (TRUE, FALSE)
    ]


def _applied(name: str, arguments: tuple[Expr, ...]) -> str:
    return f"{name}({', '.join(_word(a) for a in arguments)})" if arguments else name


def _value(value: Expr, symbol: Symbol) -> str:
    return symbol.words.format(_word(value)) if "{}" in symbol.words else _word(value)


def _word(value: Expr) -> str:
    match value:
        case Num(value=number):
            return str(number)
        case Sym(name=name) | Const(name=name):
            return name
    return str(value)
