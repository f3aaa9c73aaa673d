"""When what an answer says of who has what holds: after which of the swaps.

The swap named before tells it, or words ("at the start"). Where no swap is named in the whole answer the order of the
states does: one that fits no moment from the last one on went wrong.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from verifiers.extraction.reasoning.swap_puzzle import Puzzle


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an answer says: a moment (`after` events, empty for one that is not known) or who has what."""

    step: int
    start: int
    end: int
    after: tuple[int, ...] | None = None
    named: bool = False
    """The moment is that of a swap named by its two."""
    pair: tuple[int, int] | None = None
    held: tuple[int, int] | None = None
    line: int = 0
    """Line breaks of the step before it."""
    fixed: tuple[int, ...] = ()
    """Moments of this one assertion, whatever stands around it."""


def placed(posed: Puzzle, marks: Sequence[Mark]) -> list[Mark]:
    """Swaps named get their moments: the pair's only swap, the n-th where it is named as often as it swaps, all of
    them otherwise.
    """
    numbers = {name: at for at, name in enumerate(posed.holders)}
    happened: dict[tuple[int, int], list[int]] = {}
    for at, (_, *names) in enumerate(posed.events):
        if len(names) == 2:
            one, other = sorted(numbers[name] for name in names)
            happened.setdefault((one, other), []).append(at + 1)
    told = Counter(mark.pair for mark in marks if mark.pair is not None)
    seen: Counter[tuple[int, int]] = Counter()
    placed: list[Mark] = []
    for mark in marks:
        if mark.pair is None:
            placed.append(mark)
            continue
        moments = happened.get(mark.pair, [])
        if moments and told[mark.pair] % len(moments) == 0:
            after: tuple[int, ...] = (moments[seen[mark.pair] % len(moments)],)
        else:
            after = tuple(moments)
        seen[mark.pair] += 1
        placed.append(msgspec.structs.replace(mark, after=after))
    return placed


def runs(posed: Puzzle, marks: Sequence[Mark]) -> Iterator[tuple[list[Mark], tuple[int, ...]]]:
    """States with the moments they may be meant for. A state names nobody twice and stays in its step."""
    last = len(posed.events)
    for mark in marks:
        if mark.fixed:
            yield [mark], mark.fixed
    marks = [mark for mark in marks if not mark.fixed]
    if not any(mark.named and mark.after for mark in marks):
        yield from _in_order(posed, marks)
        return
    segments: list[tuple[Mark | None, list[list[Mark]]]] = [(None, [])]
    for mark in marks:
        if mark.after is not None:
            segments.append((mark, []))
        else:
            _append(segments[-1][1], mark)
    for origin, said in segments:
        for at, run in enumerate(said):
            if moments := _meant(origin, said, at, last):
                yield run, moments


def _meant(origin: Mark | None, said: Sequence[Sequence[Mark]], at: int, last: int) -> tuple[int, ...]:
    """Moments a state may be meant for. Right after what tells the moment it is that one; of two states that differ the
    earlier may be the one before the swap, and a later one in another line or step may follow a swap told in words
    that are not understood.
    """
    run = said[at]
    if origin is None:
        return (0, last) if run[0].step == said[0][0].step else tuple(range(last + 1))
    told = origin.after or ()
    if not told or run[0].step != origin.step:
        return tuple(range(min(told), last + 1)) if told else ()
    if at and run[0].line != origin.line:
        return tuple(range(min(told), last + 1))
    later = [other for other in said[at + 1 :] if other[0].step == run[0].step]
    if origin.named and _differ(run, later):
        return tuple(sorted({*told, *(moment - 1 for moment in told)}))
    return told


def _append(runs: list[list[Mark]], mark: Mark) -> None:
    """To the state in reading, where it names nobody twice, stays in its step, and has not a line of several before."""
    assert mark.held is not None
    last = runs[-1] if runs else []
    lines = [m.line for m in last]
    full = mark.line not in lines and len(set(lines)) < len(lines)
    if last and last[0].step == mark.step and not full and all(m.held and m.held[0] != mark.held[0] for m in last):
        last.append(mark)
    else:
        runs.append([mark])


def _differ(run: Sequence[Mark], later: Sequence[Sequence[Mark]]) -> bool:
    """Whether a later state of the same step gives somebody something else."""
    now = dict(mark.held for mark in run if mark.held)
    return any(m.held and now.get(m.held[0], m.held[1]) != m.held[1] for other in later for m in other)


def _in_order(posed: Puzzle, marks: Sequence[Mark]) -> Iterator[tuple[list[Mark], tuple[int, ...]]]:
    """State after state without a word of the swaps between them. Where there is one for each moment, each has its
    own; else each may be of any moment from the last one on.
    """
    states = list(_states(posed))
    last = len(posed.events)
    said: list[list[Mark]] = []
    told: dict[int, tuple[int, ...]] = {}
    for mark in marks:
        if mark.after is not None:
            told[len(said)] = mark.after
            said.append([])
        elif said and not said[-1]:
            said[-1].append(mark)
        else:
            _append(said, mark)
    told = {at: moments for at, moments in told.items() if said[at]}
    one_each = len([at for at, run in enumerate(said) if run and told.get(at, (0,)) == (0,)]) == last + 1
    strict = one_each and _fits(said[0], states[0])
    now = 0
    for at, run in enumerate(said):
        if not run:
            continue
        if at in told:
            moments = told[at]
        else:
            moments = (at,) if strict else tuple(range(now, last + 1))
        yield run, moments
        fitting = [moment for moment in moments if _fits(run, states[moment])]
        now = max(now, fitting[0]) if fitting else now


def _states(posed: Puzzle) -> Iterator[dict[int, tuple[int, ...]]]:
    numbers = {name: at for at, name in enumerate(posed.holders)}
    things = {name: at for at, name in enumerate(posed.things)}
    state: dict[int, tuple[int, ...]] = {numbers[holder]: (things[thing],) for holder, thing in posed.initial}
    yield state
    for kind, *names in posed.events:
        who = [numbers[name] for name in names]
        if kind == "swap":
            state = {**state, **{name: state[who[at - 1]] for at, name in enumerate(who)}}
        else:
            giver, taker = who
            state = {**state, giver: (), taker: (*state[taker], *state[giver])}
        yield state


def _fits(run: Sequence[Mark], state: dict[int, tuple[int, ...]]) -> bool:
    return all(mark.held[1] in state[mark.held[0]] for mark in run if mark.held)
