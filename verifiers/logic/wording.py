"""Models in the words of the problem."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Final

import msgspec

from verifiers.expr import Const, Expr, Num, Sym
from verifiers.logic.models import FALSE, TRUE, Interpretation, Model
from verifiers.logic.signature import BOOL, Signature, Symbol

MOST: Final = 24
"""Facts told of a model."""
FEW: Final = 3
"""Constants in places that are still told one by one."""
_COUNTED: Final = r"([a-z]) \{\}"
_PLURAL: Final = r"\1s {}"
_UNNAMED: Final = ("something", "something else", "a third thing", "a fourth thing", "a fifth thing")


def describe(model: Model, signature: Signature) -> Model:
    """The model with its `text`: constants by value, predicates by whom they hold of."""
    placed = _placed(model, signature)
    facts = list(_in_order(placed))
    profiles: dict[str, list[str]] = {}
    for interpretation in model.interpretations:
        symbol = signature.by_name.get((interpretation.name, interpretation.arity))
        if symbol is None or (not symbol.arguments and symbol.name in placed.get(symbol.words, ())):
            continue
        if "{no}" in symbol.words and len(symbol.arguments) == 1:
            for (member,), value in interpretation.entries:
                told = symbol.words.format("", no="" if value == TRUE else "not ").strip()
                profiles.setdefault(_word(member), []).append(told)
        else:
            facts.extend(_facts(interpretation, symbol))
    people = list(_told(profiles, {symbol.name for symbol in signature.symbols if not symbol.arguments}))
    facts.extend(people)
    shown = facts[:MOST]
    sign = "; " if people[1:] else ", "
    text = sign.join(shown) + (f"{sign}and {len(facts) - MOST} more" if len(facts) > MOST else "")
    return msgspec.structs.replace(model, text=text)


def _placed(model: Model, signature: Signature) -> dict[str, dict[str, Num]]:
    """Constants whose values are places, by the words for a place, in the order of their places."""
    placed: dict[str, dict[str, Num]] = {}
    for table in model.interpretations:
        symbol = signature.by_name.get((table.name, table.arity))
        if symbol is not None and not symbol.arguments and "{}" in symbol.words and len(table.entries) == 1:
            value = table.entries[0][1]
            if isinstance(value, Num):
                placed.setdefault(symbol.words, {})[symbol.name] = value
    return {words: dict(sorted(of.items(), key=lambda one: one[1].value)) for words, of in placed.items()}


def _in_order(placed: Mapping[str, Mapping[str, Num]]) -> Iterator[str]:
    """ "Bela, Arun, Chitra (seats 1 to 3)" where the places are all taken by one each, else place by place."""
    for words, places in placed.items():
        if len(places) > FEW and [one.value for one in places.values()] == list(range(1, len(places) + 1)):
            yield f"{', '.join(places)} ({re.sub(_COUNTED, _PLURAL, words).format(f'1 to {len(places)}')})"
        else:
            yield from (f"{name} = {words.format(_word(place))}" for name, place in places.items())


def _told(profiles: Mapping[str, list[str]], named: Set[str]) -> Iterator[str]:
    """What is said of each individual; of several alike that have no name one is told of."""
    seen: set[tuple[str, ...]] = set()
    unnamed = iter(_UNNAMED)
    for name in sorted(profiles, key=lambda name: name not in named):
        said = profiles[name]
        if name in named or tuple(said) not in seen:
            seen.add(tuple(said))
            called = name if name in named else next(unnamed, "yet another")
            yield f"{called} {', '.join(said[:-1])} and {said[-1]}" if said[1:] else f"{called} {said[0]}"


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
