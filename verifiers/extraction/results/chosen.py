"""A number chosen at random from a set.

The value is a quotient of two counts, of the outcomes that meet the event and of all, so that every case is tried.
"""

import re
from collections.abc import Callable
from typing import Final

from verifiers.expr import Apply, Expr, Sym, app, num
from verifiers.extraction.results.conditions import Value, both, condition
from verifiers.extraction.results.members import members
from verifiers.extraction.results.skeleton import Skeleton, is_relation

_ASKED: Final = r"(?: //|,) what is the probability (?:that|of) "
_AT_RANDOM: Final = (
    r"(?:is|are) (?:(?:randomly|uniformly) )*(?:chosen|selected|picked|drawn)(?: (?:uniformly )?at random)?"
)
_ONE: Final = re.compile(
    rf"(?:if )?(?:an? |one )?(?:(?P<noun>[^/]*?) )??(?P<name>«\d+» )?{_AT_RANDOM}(?: from (?:among )?(?P<set>[^/]+?))?"
    rf"{_ASKED}(?P<event>[^/]+)"
)
_RANDOM_ONE: Final = re.compile(
    r"what is the probability that (?:an? )?(?:randomly (?:chosen|selected) )(?P<noun>[^/]+?)"
    r"(?P<event> (?:is|are|has|does|leaves) [^/]+)"
)
_PRONOUN: Final = re.compile(
    r"(?:it|the (?:(?:chosen|selected|resulting|picked|drawn) )?(?:number|integer|value|element|divisor|factor"
    r"|multiple)"
    r"(?: (?:chosen|selected|picked|drawn))?)"
)


def chosen(text: str, skeleton: Skeleton, value: Value) -> list[Expr]:
    """Readings of a whole question, its sentences joined by " // "."""
    if "probability" not in text:
        return []
    if (match := _ONE.fullmatch(text) or _RANDOM_ONE.fullmatch(text)) is not None:
        return _number(match, skeleton, value)
    return []


def _number(match: re.Match[str], skeleton: Skeleton, value: Value) -> list[Expr]:
    parts = match.groupdict()
    noun, name = parts["noun"] or "", (parts.get("name") or "").strip()
    named = skeleton.tree(name.strip("«»")) if name else None
    if name and not isinstance(named, Sym):
        noun, named = f"{noun} {name}", None
    spaces = _spaces(noun, parts.get("set") or "", named, skeleton, value)
    found = []
    for space in spaces:
        variable, restriction = space.args
        letter = variable.args[0] if isinstance(variable, Apply) else variable
        event = parts["event"].strip()
        if event.startswith(("is ", "are ", "has ", "does ", "leaves ")):
            event = f"it {event}"
        met = condition(_subject(event), letter, skeleton, _said(value, letter))
        if met is not None:
            found.append(_quotient(variable, restriction, met))
    return found


def _subject(event: str) -> str:
    return re.sub(r"^(?:picking|choosing|selecting|drawing|getting) (?=an? )", "it is ", event)


def _said(value: Value, letter: Expr) -> Value:
    def read(phrase: str) -> Expr | None:
        return letter if _PRONOUN.fullmatch(phrase) else value(phrase)

    return read


def _quotient(letter: Expr, space: Expr, event: Expr) -> Expr:
    count: Callable[[Expr], Expr] = lambda met: app("call", Sym("count"), app("such_that", letter, met))  # noqa: E731
    return app("div", count(both(space, event)), count(space))


def _spaces(noun: str, chosen_from: str, named: Expr | None, skeleton: Skeleton, value: Value) -> list[Apply]:
    letter = named or Sym("n_")
    if chosen_from:
        if not re.fullmatch(r"(?:(?:random|positive|whole|single) )*(?:number|integer|element|)", noun.strip()):
            return []
        if match := re.fullmatch(
            r"(?:the )?(?:set |numbers |integers )?(?:of (?:integers|numbers) )?(«\d+»)", chosen_from
        ):
            tree = skeleton.tree(match.group(1).strip("«»"))
            if isinstance(tree, Apply) and tree.head in ("set", "range"):
                return [app("such_that", app("tuple", letter), app("in", letter, tree))]
            return []
        phrase = re.sub(r"^the set (?:of|consisting of) ", "", chosen_from)
        if match := re.fullmatch(r"(?:the )?first («\d+») (?:positive|natural) (?:integers|numbers)", phrase):
            last = skeleton.tree(match.group(1).strip("«»"))
            return [_between(letter, num(1), last)] if last is not None and not is_relation(last) else []
        if "integer" not in noun + phrase and "numbers" not in phrase:
            return []
        if match := re.fullmatch(
            r"(?:the (?:numbers|integers) )?(?:from )?(«\d+») (?:to|through) («\d+»)(?:,? inclusive)?", phrase
        ):
            low, high = (skeleton.tree(slot.strip("«»")) for slot in match.groups())
            return [_between(letter, low, high)] if low is not None and high is not None else []
    else:
        phrase = noun
    found = members(phrase, skeleton, value)
    if found is None:
        return []
    sets = [one for one in (found[0], *found[1]) if isinstance(one, Apply)]
    return sets if named is None else [app("such_that", named, _renamed(one, named)) for one in sets]


def _between(letter: Expr, low: Expr, high: Expr) -> Apply:
    return app("such_that", app("tuple", letter), app("in", letter, app("range", low, high)))


def _renamed(one: Apply, named: Expr) -> Expr:
    letter, restriction = one.args

    def put(tree: Expr) -> Expr:
        if tree == letter:
            return named
        return Apply(tree.head, tuple(put(a) for a in tree.args)) if isinstance(tree, Apply) else tree

    return put(restriction)
