"""Percentages and money in words: "15% of 80 is 12", "from 50 to 60 is an increase of 20%"."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from verifiers.claims import Claim, Finance
from verifiers.expr import Apply, Expr, app, num
from verifiers.extraction.prose.phrases import END, IS, Phrase, V, bare, numbers_begin, vocabulary
from verifiers.notation.units import UNITS

Match: TypeAlias = re.Match[str]
Built: TypeAlias = Finance | None

_HINTS: Final = vocabulary(
    """
    % percent interest profit loss ratio discount discounts increases decreases
    """
)
_NOUN: Final = (
    r"(?: (?!(?:is|are|was|were|equals?|and|or|more|less|fewer|times|than|plus|minus|which|per|each|million|billion"
    r"|multiplied|divided|thousand|hundred|dozen|percent|of|to|from|by)\b)[a-z]+){0,3}"
)
_UNIT_NOUN: Final = re.compile(rf"({V}) (?:(?:per|of|the) )?([a-z]+)", re.IGNORECASE)
_CUR: Final = r"(?:[$£€]|Rs\.? ?)?"


def _percent(name: str) -> str:
    return rf"(?P<{name}>{V})(?P<{name}_sign> ?%| ?percent| per cent)?"


def _money(name: str) -> str:
    return rf"{_CUR}(?P<{name}>{V}){_NOUN}"


_GIVES: Final = (
    rf"(?:{IS}|gives(?: us)?|results in|yields|makes|becomes|leaves|equates to)(?: a (?:total|price|value) of)?"
)
_RESULT: Final = rf"{_CUR}(?P<result>{V})(?P<result_sign> ?%| ?percent| per cent)?{_NOUN}{END}"
_BETWEEN: Final = r"(?:[^.;:=%,\ue000-\uf8ff]{0,40}?,? which)"


def find(phrase: Phrase) -> Iterator[Claim]:
    if phrase.words.isdisjoint(_HINTS):
        return
    for pattern, build in _PATTERNS:
        for match in pattern.finditer(phrase.text):
            formula = build(phrase, match)
            if formula is not None and not _units_differ(match.group()) and phrase.asserts(match.start(), match.end()):
                yield phrase.claim(match.start(), match.end(), formula)


def _units_differ(said: str) -> bool:
    """25% of 4 hours is 60 minutes."""
    units = {UNITS[noun] for _, noun in _UNIT_NOUN.findall(said) if noun in UNITS}
    return len(units) > 1 or ("$" in said and "cent" in units)


def _number(phrase: Phrase, match: Match, name: str) -> Expr | None:
    """A plain amount: no percentage, its currency or noun left off."""
    if name + "_sign" in match.re.groupindex and match[name + "_sign"]:
        return None
    value, _ = bare(phrase.first(match[name]))
    return None if isinstance(value, Apply) and (value.head == "percent" or _is_sum(value, name)) else value


def _is_sum(value: Apply, name: str) -> bool:
    """Of "200 + 10% of 200 = 220" the left number is no rate, of "10% of 200 + 20" the right one no whole."""
    return value.head == "add" and name != "result"


def _rate(phrase: Phrase, match: Match, name: str) -> Expr | None:
    """The number before a per cent sign, written in prose or in the formula."""
    value = phrase.first(match[name])
    if isinstance(value, Apply) and _is_sum(value, name):
        return None
    if isinstance(value, Apply) and value.head == "percent":
        return value.args[0]
    return value if match[name + "_sign"] else None


def _finance(rule: str, result: Expr | None, **parameters: Expr | None) -> Built:
    known = {name.rstrip("_"): value for name, value in parameters.items() if value is not None}
    if result is None or len(known) != len(parameters):
        return None
    return Finance(rule=rule, parameters=tuple(known.items()), result=result)


def _applied(rule: str) -> Callable[[Phrase, Match], Built]:
    """A percentage of an amount is, takes off or adds an amount."""

    def build(phrase: Phrase, match: Match) -> Built:
        if _OTHERWISE.search(match.group()):
            return None
        percent, whole = _rate(phrase, match, "percent"), _number(phrase, match, "whole")
        return _finance(rule, _number(phrase, match, "result"), percent=percent, whole=whole)

    return build


_OTHERWISE: Final = re.compile(
    r"\b(?:rest|remaining|left|leaving|others?|more|less|fewer|so|not"
    r"|total)\b",
    re.IGNORECASE,
)


def _share(phrase: Phrase, match: Match) -> Built:
    if not numbers_begin(phrase.text, match.start("part")):
        return None
    part, whole = _number(phrase, match, "part"), _number(phrase, match, "whole")
    return _finance("what_percent", _rate(phrase, match, "result"), part=part, whole=whole)


def _changed(phrase: Phrase, match: Match) -> Built:
    word = next((match[name] for name in ("before", "after", "noun") if match[name]), None)
    if word is None:
        return None
    grows = word.lower() in ("increase", "rise", "growth", "gain", "change")
    rule = "percent_increase" if grows else "percent_decrease"
    old, new = _number(phrase, match, "old"), _number(phrase, match, "new")
    return _finance(rule, _rate(phrase, match, "result"), from_=old, to=new)


_PERIODS: Final = {
    "annually": 1, "yearly": 1, "semi-annually": 2, "semiannually": 2, "half-yearly": 2, "quarterly": 4, "monthly": 12,
    "daily": 365,
}  # fmt: skip


def _interest(phrase: Phrase, match: Match) -> Built:
    principal, rate = _number(phrase, match, "principal"), _rate(phrase, match, "rate")
    years, result = _number(phrase, match, "years"), _number(phrase, match, "result")
    compound = match["often"] is not None or (match["sort"] or "").lower() == "compound"
    what = "amount" if match["grows"] else "interest"
    if not compound:
        if (match["sort"] or "").lower() != "simple":
            return None
        return _finance(f"simple_{what}", result, principal=principal, rate=rate, years=years)
    periods = num(_PERIODS[(match["often"] or "annually").lower()])
    return _finance(f"compound_{what}", result, principal=principal, rate=rate, years=years, periods=periods)


def _traded(phrase: Phrase, match: Match) -> Built:
    cost, price = _number(phrase, match, "cost"), _number(phrase, match, "price")
    kind = match["kind"].lower()
    percent = _rate(phrase, match, "result")
    if percent is not None:
        return _finance(f"{kind}_percent", percent, cost=cost, price=price)
    return _finance(kind, _number(phrase, match, "result"), cost=cost, price=price)


def _successive(phrase: Phrase, match: Match) -> Built:
    rule = "successive_decrease" if match["kind"].lower() in ("discounts", "decreases") else "successive_increase"
    first, second = _rate(phrase, match, "first"), _rate(phrase, match, "second")
    return _finance(rule, _rate(phrase, match, "result"), first=first, second=second)


def _shares(phrase: Phrase, match: Match) -> Built:
    ratio = phrase.first(match["ratio"])
    shares = phrase.data(match["shares"])
    if not (isinstance(ratio, Apply) and ratio.head == "ratio") or shares is None or len(shares) != len(ratio.args):
        return None
    members = [bare(share)[0] for share in shares]
    known = [member for member in members if member is not None]
    return _finance("ratio_shares", app("tuple", *known), ratio=ratio, total=_number(phrase, match, "total"))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_YEARLY: Final = r"(?:,? ?(?:per (?:year|annum)|a year|annually|yearly|p\.?a\.?|annual))?"
_OFTEN: Final = rf"(?:,? compounded (?P<often>{'|'.join(_PERIODS)}))"
_CHANGE: Final = r"increase|rise|growth|gain|change|decrease|drop|fall|decline|reduction"

_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[Phrase, Match], Built]], ...]] = (
    (_pattern(rf"{_percent('percent')} of (?:the )?{_money('whole')}{_BETWEEN}? {_GIVES} {_RESULT}"
              r"(?! ?(?:multiplied|times|of|[x×*·+/-]))"),
     _applied("percent_of")),
    (_pattern(rf"{_percent('percent')} (?:tip|tax|sales tax|vat|commission|fee|surcharge|deposit) on (?:an? |the )?"
              rf"{_money('whole')} {_GIVES} {_RESULT}"), _applied("added")),
    (_pattern(rf"{_percent('percent')} (?:off|off of|discount on|reduction on|discount off) (?:an? |the"
              rf" )?{_money('whole')} "
              rf"{_GIVES} {_RESULT}"), _applied("taken_off")),
    (_pattern(rf"(?:increasing|raising) (?:the )?{_money('whole')} by {_percent('percent')} {_GIVES} {_RESULT}"),
     _applied("increased_by")),
    (_pattern(rf"(?:decreasing|reducing|lowering|discounting) (?:the )?{_money('whole')} by"
              rf" {_percent('percent')} {_GIVES} "
              rf"{_RESULT}"), _applied("decreased_by")),
    (_pattern(rf"{_money('whole')} (?:increased|raised) by {_percent('percent')} {_GIVES} {_RESULT}"),
     _applied("increased_by")),
    (_pattern(rf"{_money('whole')} (?:decreased|reduced|lowered) by {_percent('percent')} {_GIVES} {_RESULT}"),
     _applied("decreased_by")),
    (_pattern(rf"{_CUR}(?P<part>{V}){_NOUN} (?:is|are) (?P<result>{V})(?P<result_sign> ?%| ?percent| per cent)? of "
              rf"{_money('whole')}{END}"), _share),
    (_pattern(rf"{_CUR}(?P<part>{V}){_NOUN} out of (?:the )?{_money('whole')} {IS} {_RESULT}"), _share),
    (_pattern(rf"(?:(?P<before>{_CHANGE}) )?from {_CUR}(?P<old>{V}){_NOUN} to {_CUR}(?P<new>{V}){_NOUN} {IS} (?:an? )?"
              rf"(?:(?:percent(?:age)? )?(?P<noun>{_CHANGE}) of )?(?:about )?(?P<result>{V})(?P<result_sign> ?%"
              rf"| ?percent)?"
              rf"(?: (?P<after>{_CHANGE}))?{END}"), _changed),
    (_pattern(rf"(?:(?P<sort>simple|compound) )?interest (?:earned )?on {_CUR}(?P<principal>{V}) at (?:a rate"
              rf" of |an annual rate of )?"
              rf"{_percent('rate')}{_YEARLY}(?: (?:simple|compound) interest)? (?:for|over|after) (?P<years>{V}) years?"
              rf"{_OFTEN}?,?(?P<grows>(?!))? {IS} {_RESULT}"), _interest),
    (_pattern(rf"{_CUR}(?P<principal>{V})(?: is)?(?: invested| deposited)? at {_percent('rate')}{_YEARLY}(?:"
              rf" (?P<sort>simple|compound)"
              rf" interest)?{_OFTEN}? (?:for|over|after) (?P<years>{V}) years?,? (?P<grows>grows to|becomes|amounts to"
              rf"|is worth|will be worth|yields) {_RESULT}"), _interest),
    (_pattern(rf"(?:buying|bought)[^.;\ue000-\uf8ff]{{0,30}} (?:at|for) {_money('cost')} and (?:selling"
              rf"|sold)(?: it| them)? (?:at|for) "
              rf"{_money('price')},? (?:is|gives|makes|means|yields) an? (?P<kind>profit|loss)(?:"
              rf" percent(?:age)?)? of {_RESULT}"),
     _traded),
    (_pattern(rf"successive (?P<kind>discounts|increases|decreases) of {_percent('first')} and {_percent('second')} "
              rf"(?:are|is) (?:the same as|equivalent to|equal to) (?:an? )?(?:single )?(?:discount|increase"
              rf"|decrease)? ?(?:of )?"
              rf"(?P<result>{V})(?P<result_sign> ?%| ?percent)(?: discount| increase| decrease)?{END}"), _successive),
    (_pattern(rf"(?:dividing|splitting|sharing) {_money('total')} in (?:the|a) ratio (?:of )?(?P<ratio>{V}) gives "
              rf"(?P<shares>{_CUR}{V}(?:, {_CUR}{V})*,? and {_CUR}{V}){_NOUN}{END}"), _shares),
)  # fmt: skip
