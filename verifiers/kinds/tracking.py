"""Who holds what after swaps and hand-overs: the events are carried out one by one, the claim is read off.

A holder has one thing at a time, unless a hand-over left it with none or with two; a swap exchanges all that the two
have. Things are numbered in the order they are first named, and a witness follows every holder from change to change.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from verifiers import exact
from verifiers.claims import Tracking
from verifiers.expr import Expr, Num, Sym, Text, app, num
from verifiers.kinds._terms import both, either
from verifiers.protocol import Budget
from verifiers.verdicts import Reason, Verdict, Witness, refuted, supported, undecided

Held: TypeAlias = dict[str, tuple[str, ...]]

_MOST_CHANGES: Final = 2_000
_METHOD: Final = "tracking: events carried out"


def verify(formula: Tracking, budget: Budget) -> Verdict:
    """Refuted only if the claim fails at every moment it may be meant for."""
    holders = {holder for holder, _ in formula.initial}
    things = {thing for _, thing in formula.initial}
    for holder, thing in formula.claimed:
        if holder not in holders:
            return undecided(Reason.UNSUPPORTED, f"nothing is said of {holder} at the start")
        if thing not in things:
            return undecided(Reason.AMBIGUOUS, f"nobody is said to have “{thing}” at the start")
    if sum(map(len, formula.events)) > min(_MOST_CHANGES, budget.terms):
        return undecided(Reason.TOO_LARGE, "too many events")
    if not formula.claimed or not formula.after or not all(0 <= k <= len(formula.events) for k in formula.after):
        return undecided(Reason.UNSUPPORTED, "no moment is named")
    states = list(_states(formula))
    for moment in formula.after:
        if all(thing in states[moment][holder] for holder, thing in formula.claimed):
            return supported(Reason.COMPUTED, _METHOD, f"So it is {_moment(formula, moment)}.")
    return _refuted(formula, states)


def _states(formula: Tracking) -> Iterator[Held]:
    """What each holder has before the first event and after each.

    Raises:
        KeyError: an event names someone who had nothing at the start.
    """
    held: Held = {}
    for holder, thing in formula.initial:
        held[holder] = (*held.get(holder, ()), thing)
    yield held
    for kind, *names in formula.events:
        held = _swapped(held, names) if kind == "swap" else _handed(held, names)
        yield held


def _swapped(held: Held, names: list[str]) -> Held:
    """Each of `names` gets what the one before it had, the first what the last had."""
    return {**held, **{name: held[names[at - 1]] for at, name in enumerate(names)}}


def _handed(held: Held, names: list[str]) -> Held:
    """`[from, to]` hands over all, `[from, to, thing]` one thing."""
    giver, taker, *what = names
    gone = tuple(thing for thing in held[giver] if not what or thing in what)
    kept = tuple(thing for thing in held[giver] if thing not in gone)
    return {**held, giver: kept, taker: (*held[taker], *gone)}


def _refuted(formula: Tracking, states: list[Held]) -> Verdict:
    numbers = {thing: num(at) for at, thing in enumerate(dict.fromkeys(t for _, t in formula.initial), 1)}
    moment = formula.after[0]
    holder, thing = next((h, t) for h, t in formula.claimed if t not in states[moment][h])
    found = states[moment][holder]
    says = " and ".join(map(_the, found)) or "nothing"
    when = _moment(formula, moment)
    text = f"{when[0].upper()}{when[1:]}, {holder} has {says}, not {_the(thing)}."
    if len(formula.after) > 1:
        together = " and ".join(f"{h} has {_the(t)}" for h, t in formula.claimed)
        text = f"There is no moment from there on at which {together}."
    single = all(len(things) == 1 for state in states for things in state.values())
    witness = _followed(formula, states, numbers) if single else _listed(formula, states, numbers)
    if single and len(formula.after) == 1:
        witness = Witness(
            conclusion=witness.conclusion,
            assignment=witness.assignment,
            premises=witness.premises,
            found=Text(found[0]),
        )
    if exact.holds(witness.conclusion, dict(witness.assignment)) is not False:
        return undecided(Reason.INCONCLUSIVE, "exact evaluation did not settle it")
    return refuted(Reason.CONTRADICTS, _METHOD, text, witness)


def _the(thing: str) -> str:
    """A thing that has no name of its own or article yet, with its article."""
    return f"the {thing}" if thing[:1].islower() and not thing.startswith(("a ", "an ", "the ")) else thing


def _followed(formula: Tracking, states: list[Held], numbers: dict[str, Num]) -> Witness:
    """A letter for each holder between two changes, and an equation for each change."""
    version = dict.fromkeys(states[0], 0)
    versions = [dict(version)]
    premises: list[Expr] = [app("eq", Sym(_letter(h, 0)), numbers[t[0]]) for h, t in states[0].items()]
    for _, *names in formula.events:
        before = dict(version)
        for at, name in enumerate(names):
            version[name] += 1
            source = names[at - 1]
            premises.append(app("eq", Sym(_letter(name, version[name])), Sym(_letter(source, before[source]))))
        versions.append(dict(version))
    values = {
        _letter(holder, versions[moment][holder]): numbers[things[0]]
        for moment, state in enumerate(states)
        for holder, things in state.items()
    }
    moments = [
        both([app("eq", Sym(_letter(h, versions[moment][h])), numbers[t]) for h, t in formula.claimed])
        for moment in formula.after
    ]
    return Witness(conclusion=either(moments), assignment=tuple(values.items()), premises=tuple(premises))


def _letter(holder: str, version: int) -> str:
    return f"{holder}_{version}"


def _listed(formula: Tracking, states: list[Held], numbers: dict[str, Num]) -> Witness:
    moments = [
        both([app("in", numbers[t], app("set", *(numbers[x] for x in states[moment][h]))) for h, t in formula.claimed])
        for moment in formula.after
    ]
    return Witness(conclusion=either(moments))


def _moment(formula: Tracking, moment: int) -> str:
    if moment == 0:
        return "at the start"
    kind, *names = formula.events[moment - 1]
    if kind == "swap" and len(names) == 2:
        return f"after {names[0]} and {names[1]} swap (event {moment})"
    return f"after event {moment}"
