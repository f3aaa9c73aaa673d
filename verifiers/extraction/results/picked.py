"""Several numbers picked at random from small sets: "two different numbers from {1, …, 9}", "a from A and b from B".

Chances are quotients of counts over all picks.
"""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, num, substitute
from verifiers.extraction.results.conditions import Value, both, condition
from verifiers.extraction.results.dice import DIE, counted, quotient, together
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.skeleton import Skeleton

_ASK: Final = (
    r"(?://|,) (?:what is|what's|find|compute|determine|calculate) (?:the )?probability (?:that|of) (?P<event>[^/]+)"
)
_PICKED: Final = r"(?:chosen|selected|picked|drawn|taken)"
_RANDOM: Final = (
    r"(?: (?:(?:uniformly |and )*at random|randomly|without replacement|with replacement|simultaneously"
    r"|independently"
    r"|one after (?:the other|another)))*"
)
_FROM: Final = (
    r"(?:the (?:set|numbers|integers|list) )?(?:of (?:integers|numbers) )?(?P<set>(?:(?:the )?(?:integers|numbers) )?"
    r"(?:from )?«\d+» (?:to|through) «\d+»(?:,? inclusive)?|(?:the )?first «\d+» (?:positive integers|prime numbers"
    r"|primes)|\{«\d+»(?:, «\d+»){1,30}\}|«\d+»)"
)
_SEVERAL: Final = re.compile(
    r"(?:if |suppose )?«(?P<many>\d+)» (?P<sort>(?:different|distinct|unequal) )?(?:numbers|integers|elements|members"
    rf"|primes)"
    rf"(?: are|) (?:randomly )?{_PICKED}(?P<how>{_RANDOM}) from {_FROM}(?P<more>{_RANDOM})"
    r"(?:,? and (?:then )?(?:multiplied|added)(?: together)?| and their (?:sum|product) is (?:found|computed"
    r"|calculated))? ?" + _ASK
)
_EACH: Final = (
    r"(?:the )?(?:a )?(?:number "
    rf"|integer )?«\d+» is (?:randomly )?{_PICKED}{_RANDOM} from {_FROM.replace('?P<set>', '?:')}{_RANDOM}"
)
_NAMED: Final = re.compile(rf"(?:if |suppose )?(?P<all>{_EACH}(?:(?:,? and|,) {_EACH})+),? ?{_ASK}")
_ONE_NAMED: Final = re.compile(rf"«(?P<name>\d+)» is (?:randomly )?{_PICKED}{_RANDOM} from {_FROM}")
_JOINT: Final = re.compile(
    r"(?:suppose |let |if )?(?:that )?«(?P<a>\d+)» and «(?P<b>\d+)» (?:are|be) (?P<sort>(?:different"
    rf"|distinct) )?(?:numbers|integers)?"
    rf" ?(?:randomly )?{_PICKED}(?P<how>{_RANDOM}) from {_FROM}(?P<more>{_RANDOM}) ?" + _ASK
)
_BETWEEN: Final = re.compile(
    r"(?:an?|the) integer «(?P<name>\d+)»,? (?:with|where"
    rf"|such that) «(?P<bounds>\d+)»,? is (?:randomly )?{_PICKED}{_RANDOM} ?{_ASK}"
)
_MOST: Final = 3


def picked(text: str, skeleton: Skeleton, value: Value) -> list[Expr]:
    """Readings of a whole question, its sentences joined by " // "."""
    if "probability" not in text:
        return []
    if (match := _SEVERAL.fullmatch(text)) is not None:
        return _several(match, skeleton, value)
    if (match := _JOINT.fullmatch(text)) is not None:
        letters = [skeleton.tree(match[name]) for name in "ab"]
        space = _members(match["set"], skeleton)
        if space is None or not all(isinstance(letter, Sym) for letter in letters) or letters[0] == letters[1]:
            return []
        names = [letter for letter in letters if isinstance(letter, Sym)]
        told = condition(match["event"].strip(), Sym("n_"), skeleton, value)
        return _over(names, [space, space], _apart(match), told)
    if (match := _NAMED.fullmatch(text)) is not None:
        return _each(match, skeleton, value)
    if (match := _BETWEEN.fullmatch(text)) is not None:
        return _bounded(match, skeleton, value)
    return []


def _several(match: re.Match[str], skeleton: Skeleton, value: Value) -> list[Expr]:
    many, space = rational(skeleton.tree(match["many"])), _members(match["set"], skeleton)
    if many is None or space is None or many not in range(2, _MOST + 1):
        return []
    letters = [Sym(f"n_{k}") for k in range(1, int(many) + 1)]
    event = re.sub(r"^the (?=difference)", "their ", match["event"].strip())
    found = counted(event, len(letters), skeleton, value)
    if found is None:
        told = together(event, letters, skeleton, value) or _apart_by(event, letters, skeleton)
        return _over(letters, [space] * len(letters), _apart(match), told)
    face, ranges = found
    return [
        made
        for allowed in ranges
        for made in _over(letters, [space] * len(letters), _apart(match), _so_many(face, letters, allowed))
    ]


def _apart(match: re.Match[str]) -> list[bool]:
    """Whether all that is picked differs, under each reading."""
    words = f"{match['how']} {match['more']}"
    if "with replacement" in words or "independently" in words:
        return [False] if not match["sort"] else []
    return [True] if match["sort"] or "without" in words or "simultan" in words else [True, False]


def _each(match: re.Match[str], skeleton: Skeleton, value: Value) -> list[Expr]:
    parts = list(_ONE_NAMED.finditer(match["all"]))
    letters = [skeleton.tree(part["name"]) for part in parts]
    spaces = [_members(part["set"], skeleton) for part in parts]
    names = [letter for letter in letters if isinstance(letter, Sym)]
    known = [space for space in spaces if space is not None]
    if len(names) != len(parts) or len(set(names)) != len(parts) or len(known) != len(parts) or len(parts) > _MOST:
        return []
    told = condition(match["event"].strip(), Sym("n_"), skeleton, value)
    return _over(names, known, [False], told)


def _bounded(match: re.Match[str], skeleton: Skeleton, value: Value) -> list[Expr]:
    letter, bounds = skeleton.tree(match["name"]), skeleton.tree(match["bounds"])
    if not isinstance(letter, Sym) or not isinstance(bounds, Apply) or free_symbols(bounds) != {letter.name}:
        return []
    told = condition(match["event"].strip(), letter, skeleton, value)
    if (
        told is None
        or bounds.head != "and"
        or not all(isinstance(p, Apply) and p.head in ("lt", "le", "gt", "ge") for p in bounds.args)
    ):
        return []
    return [quotient(app("tuple", letter), both(app("in", letter, Const("integers")), bounds), told)]


def _members(phrase: str, skeleton: Skeleton) -> Expr | None:
    slots = [skeleton.tree(slot) for slot in re.findall(r"«(\d+)»", phrase)]
    if phrase.startswith("{"):
        members = [rational(slot) for slot in slots]
        return None if None in members else Apply("set", tuple(num(m) for m in members if m is not None))
    if len(slots) == 2:
        low, high = (rational(slot) for slot in slots)
        return None if low is None or high is None or low >= high else app("range", num(low), num(high))
    if "prime" in phrase:
        many = rational(slots[0])
        return None if many is None or not 2 <= many <= 50 else Apply("set", tuple(num(p) for p in _primes(int(many))))
    if "first" in phrase:
        many = rational(slots[0])
        return None if many is None or many < 2 else app("range", num(1), num(many))
    space = slots[0]
    if not isinstance(space, Apply) or space.head not in ("set", "range"):
        return None
    return space if not free_symbols(space) else None


def _primes(many: int) -> list[int]:
    found: list[int] = []
    n = 2
    while len(found) < many:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found


def _over(letters: Sequence[Sym], spaces: Sequence[Expr], apart: Sequence[bool], told: Expr | None) -> list[Expr]:
    if told is None or free_symbols(told) - {letter.name for letter in letters}:
        return []
    inside = [app("in", letter, space) for letter, space in zip(letters, spaces, strict=True)]
    differ = [app("ne", a, b) for a, b in combinations(letters, 2)]
    return [
        quotient(Apply("tuple", tuple(letters)), both(*inside, *(differ if distinct else ())), told)
        for distinct in apart
    ]


def _so_many(face: Expr, letters: Sequence[Sym], allowed: range) -> Expr | None:
    """That the number of letters which meet the condition lies in a range."""
    each = [substitute(face, {DIE.name: letter}) for letter in letters]
    ways = [
        both(*(met if k in chosen else app("not", met) for k, met in enumerate(each)))
        for many in allowed
        for chosen in combinations(range(len(letters)), many)
    ]
    return None if not ways else ways[0] if len(ways) == 1 else app("or", *ways)


def _apart_by(event: str, letters: Sequence[Sym], skeleton: Skeleton) -> Expr | None:
    """ "they differ by 3", "their difference is 3"."""
    match = re.fullmatch(
        r"(?:they|the (?:«\d+» )?numbers) differ by (?:exactly )?«(?P<by>\d+)»"
        r"|(?:their|the) (?:positive |absolute )?difference(?: between (?:the"
        r"|them)(?: «\d+» numbers)?)? is «(?P<is>\d+)»",
        event,
    )
    by = None if match is None else rational(skeleton.tree(match["by"] or match["is"]))
    if by is None or len(letters) != 2:
        return None
    return app("eq", app("abs", app("add", letters[0], app("neg", letters[1]))), num(by))
