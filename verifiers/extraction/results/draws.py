"""Things drawn without looking, from a bag of things of several sorts or a deck of cards."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from verifiers.expr import Expr, num
from verifiers.extraction.results.draw_events import event
from verifiers.extraction.results.matched import rational
from verifiers.extraction.results.populations import Draw, Population, bag, deck, singular
from verifiers.extraction.results.skeleton import Skeleton
from verifiers.extraction.results.template import Template, template

_LARGEST: Final = 500
_MOST_DRAWN: Final = 20

_ASKED: Final = r"(?:what is|what's|find|compute|determine|calculate) the probability (?:(?:that|of) )?"
_ASK: Final = rf"(?://|,) {_ASKED}"
_DOING: Final = r"(?:drawing|getting|picking|selecting|choosing|pulling|being dealt)"
_HOW: Final = (
    r"(?:,? (?:and )?(?:at random|randomly|without replacement|with replacement|without replacing (?:it|them|the first)"
    r"|simultaneously|at once|without looking|one after (?:the other|another)|one at a time|one by one|in succession"
    r"|successively|in a row|together|at the same time"
    r"|from (?:the|this|it|a|that) ?(?:bag|box|urn|jar|drawer|deck|pack|basket|hat|group|class|club|lot"
    r"|container)?))*,?"
)
_VERB: Final = r"(?:drawn|chosen|selected|picked|removed|taken|pulled|dealt)"
_DOES: Final = r"(?:draws?|picks?|selects?|chooses?|takes?|pulls?|removes?)(?: out)?"
_WHO: Final = r"(?:you|he|she|i|we|[a-z]+)"
_MANY: Final = r"(?:(?P<one>a|an|one|a single)|«(?P<many>\d+)»)"
_DECK: Final = (
    r"(?:an?|the) (?:(?:standard|well[- ]shuffled|shuffled|ordinary|regular|normal|full|complete|fair"
    r"|usual),? (?:and )?)*"
    r"(?:«(?P<cards>\d+)»[- ]card )?(?:deck|pack)(?: of (?:«(?P<of>\d+)» )?(?:playing |shuffled )?cards)?"
)
_AFTER: Final = (
    r"(?P<after>(?:,? (?:if|when|assuming)(?: (?:the|you|they|that|cards|drawing|draws?|is|are|done|made|drawn|it))*)?"
    r",? (?:with|without) replacement)?"
)
_EVENT: Final = rf"(?P<event>[^/]+?){_AFTER}"

_WORD: Final = r"(?!and\b)[a-z]+(?: (?!and\b|in\b)[a-z]+)?"
_HOLDER: Final = r"(?:bag|box|jar|urn|drawer|basket|hat|bowl|sack|container|bucket)"
_HELD: Final = rf"(?P<held>(?:exactly |only )?«\d+» {_WORD}(?:(?:, and |, | and )(?:exactly )?«\d+» {_WORD})+)"
_TOTAL: Final = (
    rf"«(?P<total>\d+)» (?P<things>[a-z]+)(?:: |,? |,? of which |,? consisting of |,? with |,? made up of )(?=«){_HELD}"
)
_MEMBERS: Final = r"(?:people|persons?|students?|members?|children|child|players?|employees?|individuals?)"
_ITEM: Final = re.compile(rf"«(\d+)» ({_WORD})")
_OF_THEM: Final = r"(?:of (?:them|which|these|the [a-z]+) )?(?:are |is )?"
_SORTED_OUT: Final = (
    rf"«(?P<total>\d+)» (?P<things>[a-z]+)(?:,| //|:)(?: of which)? "
    rf"(?P<held>«\d+» {_OF_THEM}[a-z]+(?:(?:, and |, | and )(?:«\d+»|the rest|the others?) {_OF_THEM}[a-z]+)*)"
)
_NO_LABEL: Final = frozenset({"identical", "different", "distinct", "other", "more", "less", "pairs", "types", "kinds"})


def _drawn(match: re.Match[str], skeleton: Skeleton) -> tuple[Expr, ...] | None:
    population = _held(match, skeleton) if "held" in match.groupdict() else _cards(match, skeleton)
    if population is None:
        return None
    said = match.groupdict()
    many = rational(skeleton.tree(match["many"])) if said.get("many") else 1
    how = f"{match['how']} {said.get('after') or ''} {said.get('more') or ''}"
    replacements = {"with replacement" in how} if "replac" in how else {False}
    if "replac" not in how and re.search(r"one (?:after|at|by)|succession|successively|in a row", how):
        replacements = {False, True}
    if "with replacement" in how and "without replac" in how:
        return None
    if many is None or many.denominator != 1 or not 1 <= many <= min(_MOST_DRAWN, population.size):
        return None
    found: list[Fraction] = []
    for replaced in sorted(replacements):
        values = event(match["event"] + (said.get("rest") or ""), Draw(population, int(many), replaced), skeleton)
        found.extend(values)
    return tuple(num(value) for value in dict.fromkeys(found)) or None


def _cards(match: re.Match[str], skeleton: Skeleton) -> Population | None:
    said = [match.groupdict().get(name) for name in ("cards", "of", "all")]
    return deck() if all(rational(skeleton.tree(slot)) == 52 for slot in said if slot) else None


def _held(match: re.Match[str], skeleton: Skeleton) -> Population | None:
    """ "4 red, 3 green and 5 blue marbles", "5 boys and 6 girls"."""
    total = rational(skeleton.tree(match["total"])) if match.groupdict().get("total") else None
    held = re.sub(_OF_THEM, "", match["held"])
    named = [(rational(skeleton.tree(slot)), words) for slot, words in _ITEM.findall(held)]
    counts = [count for count, _ in named]
    if (total is not None and None not in counts and len(named) == 1) or "the rest" in held or "the other" in held:
        rest = re.search(r"the (?:rest|others?) ([a-z]+)", held)
        left = (total or Fraction(0)) - sum((count for count in counts if count is not None), Fraction(0))
        named.append((left, rest.group(1) if rest else "rest_"))
        counts.append(left)
    things = (match.groupdict().get("things") or "").strip()
    pairs = [words.split(" ", 1) for _, words in named]
    nouns = {singular(words[1]) for words in pairs if len(words) == 2}
    if (
        len(nouns) > 1
        or (things and nouns - {singular(things)})
        or any(len(a) < len(b) for a, b in pairwise(pairs[::-1]))
    ):
        return None
    labels = [words[0] if nouns else singular(words[0]) for words in pairs]
    noun = next(iter(nouns), singular(things))
    whole = [int(count) for count in counts if count is not None and count.denominator == 1 and count > 0]
    if len(whole) != len(counts) or len(set(labels)) != len(labels) or set(labels) & _NO_LABEL or sum(whole) > _LARGEST:
        return None
    if total is not None and total != sum(whole):
        return None
    plural = {"person": "people", "child": "children", "man": "men", "woman": "women"}.get(noun, f"{noun}s")
    nouns_of_one = rf"{noun}|{plural}|{noun}es|{noun[:-1]}ies" if noun else "things?"
    said = re.sub(r"^of (?:the |these )?", "", match.groupdict().get("of_what") or "")
    if not noun:
        nouns_of_one = f"{nouns_of_one}|{_MEMBERS}"
    if said and not re.fullmatch(rf"(?:{nouns_of_one}|items?|objects?|things?|them)", said):
        return None
    return bag(dict(zip(labels, whole, strict=True)), f"(?:{nouns_of_one})")


_THING: Final = r"(?: (?P<of_what>(?!coins? )[a-z]+|of them|of the [a-z]+|of these [a-z]+))?"
_FROM_BAG: Final = rf"(?:if |when )?{_MANY}{_THING} (?:is|are) (?:randomly )?{_VERB}(?P<how>{_HOW})"
_SOMEONE: Final = rf"(?:if )?{_WHO} (?:randomly )?{_DOES} {_MANY}{_THING}(?P<how>{_HOW})"
_CARDS_ARE: Final = rf"(?:if |when )?{_MANY} (?:playing )?cards? (?:is|are) (?:randomly )?{_VERB}"
_SOMEONE_CARDS: Final = rf"(?:if |when )?(?:{_WHO} )?(?:randomly )?(?:{_DOES}|(?:is|are) dealt) {_MANY} cards?"
_PREFACE: Final = (
    r"(?:(?:a|the) (?:standard |regular |ordinary )?(?:deck|pack)(?: of (?:playing )?cards)? (?:has"
    r"|contains|consists of) «(?P<all>\d+)» cards // )?"
)

_CLUB: Final = r"(?:an?|the) (?:group|class|club|team|committee|lot)"
_CONTAINS: Final = r"(?:contains|has|holds|is filled with)"
_SETUPS: Final = (
    rf"(?:an?|the) {_HOLDER} {_CONTAINS} {_HELD}",
    rf"(?:an?|the) {_HOLDER} {_CONTAINS} {_TOTAL}",
    rf"(?:an?|the) {_HOLDER} {_CONTAINS} {_SORTED_OUT}",
    rf"there are {_HELD} in (?:a|an|the) {_HOLDER}",
    rf"{_CLUB} (?:of|contains|has|consists of|is made up of) {_TOTAL}",
    rf"{_CLUB} (?:contains|has|consists of|is made up of) {_HELD}",
    rf"[a-z]+ has {_SORTED_OUT}",
    rf"[a-z]+ has {_HELD}(?: in (?:a|an|his|her|the) {_HOLDER})?",
)

QUESTIONS: Final[Sequence[Template]] = (
    *(
        template("probability", rf"{setup} // {draw} ?{_ASK}{_EVENT}", _drawn)
        for setup in _SETUPS
        for draw in (_FROM_BAG, _SOMEONE)
    ),
    *(
        template("probability", rf"{setup} // {_ASKED}(?P<event>[^/]+?),? (?:if|when) {_FROM_BAG}(?P<after>)", _drawn)
        for setup in _SETUPS
    ),
    *(
        template(
            "probability",
            rf"{_PREFACE}{draw}(?P<how>{_HOW})(?: from {_DECK})?(?P<more>{_HOW}) ?{_ASK}{_EVENT}",
            _drawn,
        )
        for draw in (_CARDS_ARE, _SOMEONE_CARDS)
    ),
    template(
        "probability",
        rf"from {_DECK}, {_MANY} cards? (?:is|are) (?:randomly )?{_VERB}(?P<how>{_HOW}) ?{_ASK}{_EVENT}",
        _drawn,
    ),
    template(
        "probability",
        rf"{_ASKED}(?P<event>an? card(?: that is)? (?:randomly )?{_VERB})(?P<how>{_HOW}) from {_DECK}(?P<rest> is"
        rf" [^/]+)",
        _drawn,
    ),
    template(
        "probability",
        rf"{_ASKED}(?P<event>{_DOING} (?:(?P<one>an?|one|the)"
        rf"|«(?P<many>\d+)») [^/]+?)(?P<how>{_HOW}) (?:from|in) {_DECK}{_AFTER}",
        _drawn,
    ),
    template(
        "probability",
        rf"{_ASKED}(?P<event>[^/]+?)(?:,)? (?:when|if) "
        rf"{_MANY} cards? (?:is|are) (?:randomly )?{_VERB}(?P<how>{_HOW}) from {_DECK}(?P<after>{_HOW})",
        _drawn,
    ),
)  # fmt: skip
