"""What is said of numbers by other words than "is": "the gcd of 12 and 18 is 6", "17 leaves a remainder of 2"."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from verifiers.claims import NumberFact
from verifiers.expr import Expr, Text, num
from verifiers.extraction.prose.phrases import DATA, END, Phrase, V, numbers_begin, whole

Match: TypeAlias = re.Match[str]
Facts: TypeAlias = Iterator[NumberFact]
COUNT_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
EQUALS: Final = r"(?:is|are|=|equals?|is equal to|comes to|(?:is )?exactly|is simply|is just)"


def stated(predicate: str, *arguments: Expr | None, holds: bool = True) -> Facts:
    known = tuple(argument for argument in arguments if argument is not None)
    if len(known) == len(arguments):
        yield NumberFact(predicate=predicate, arguments=known, holds=holds)  # type: ignore[arg-type]


def _extreme(phrase: Phrase, match: Match) -> Facts:
    """The largest three-digit number with some property has three digits, whatever the property."""
    count = COUNT_WORDS.get(match["digits"].lower()) or (int(match["digits"]) if match["digits"].isdecimal() else None)
    value = phrase.last(match["number"])
    if count is not None and whole(value) is not None and numbers_begin(phrase.text, match.start()):
        yield from stated("digit_count", value, num(count))


def _primes_in_range(phrase: Phrase, match: Match) -> Facts:
    for member in phrase.data(match["listed"]) or ():
        yield from stated("prime", member)


def _divides(phrase: Phrase, match: Match) -> Facts:
    if numbers_begin(phrase.text, match.start()):
        yield from stated("divides", phrase.last(match[1]), phrase.first(match[3]), holds=match[2] == "divides")


def _common(predicate: str) -> Callable[[Phrase, Match], Facts]:
    def build(phrase: Phrase, match: Match) -> Facts:
        numbers = phrase.data(match[1])
        if numbers is not None and len(numbers) > 1:
            yield from stated(predicate, *numbers, phrase.first(match[2]))

    return build


def _about(predicate: str, *order: int) -> Callable[[Phrase, Match], Facts]:
    """The fact on the first closed values of the groups in `order`."""

    def build(phrase: Phrase, match: Match) -> Facts:
        yield from stated(predicate, *(phrase.first(match[group]) for group in order))

    return build


def _begins(build: Callable[[Phrase, Match], Facts]) -> Callable[[Phrase, Match], Facts]:
    """Only where the match starts a clause, so that its first number is the whole subject."""

    def guarded(phrase: Phrase, match: Match) -> Facts:
        if numbers_begin(phrase.text, match.start()):
            yield from build(phrase, match)

    return guarded


def _last_digits(phrase: Phrase, match: Match) -> Facts:
    count = COUNT_WORDS.get((match["count"] or "one").lower())
    written = phrase.value(match["digits"]).text.strip()
    if count is not None and (not written.isdecimal() or len(written) <= count):
        yield from stated("last_digit", phrase.last(match["number"]), phrase.first(match["digits"]), num(count))


def _ends_in(phrase: Phrase, match: Match) -> Facts:
    written = phrase.value(match[2]).text.strip()
    if written.isdecimal() and len(written) <= 6 and numbers_begin(phrase.text, match.start()):
        yield from stated("last_digit", phrase.last(match[1]), num(int(written)), num(len(written)))


def _divisor_list(phrase: Phrase, match: Match) -> Facts:
    number, listed = phrase.first(match[1]), phrase.data(match[2])
    value = whole(number)
    if value is None or listed is None:
        return
    members = {whole(member) for member in listed}
    if 1 in members and value in members and None not in members:
        for member in listed:
            yield from stated("divides", member, number)
        yield from stated("divisor_count", number, num(len(members)))


_BASES: Final = {"binary": 2, "octal": 8, "hexadecimal": 16, "decimal": 10}


def _numeral(phrase: Phrase, match: Match) -> Facts:
    """`A in base b is B` says that the number A is written B, or that the numeral A stands for B."""
    base = _BASES.get(match["base"].lower()) or whole(phrase.first(match["radix"]))
    first, second = (phrase.value(match[group]).text.strip().replace(",", "") for group in ("from", "to"))
    if base is None or not 2 <= base <= 16 or base == 10 or not (first.isdecimal() and second.isdecimal()):
        return
    if max(len(first), len(second)) > 60:
        return
    written, stands = (all(int(digit) < base for digit in numeral) for numeral in (second, first))
    if not numbers_begin(phrase.text, match.start()):
        return
    if stands and (not written or int(first, base) == int(second)):
        yield from stated("in_base", num(int(second)), Text(first), num(base))
    elif written:
        yield from stated("in_base", num(int(first)), Text(second), num(base))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text + END, re.IGNORECASE)


_GCD: Final = r"(?:greatest common (?:divisor|factor)|highest common factor|gcd|gcf|hcf)(?: \((?:gcd|gcf|hcf)\))?"
_LCM: Final = r"(?:least common (?:multiple|denominator)|lowest common multiple|lcm|lcd)(?: \((?:lcm|lcd)\))?"
_LEAVES: Final = r"(?:leaves|gives|has|yields) (?:a |the )?remainder(?: of)?"

PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[Phrase, Match], Facts]], ...]] = (
    (_pattern(rf"(?:the )?(?:largest|smallest|greatest|least|only|first) (?P<digits>one|two|three|four|five|six"
              rf"|seven|eight"
              rf"|nine|ten|\d{{1,3}})[- ]digit (?:positive )?(?:even |odd |prime |perfect )?(?:numbers?|integers?"
              rf"|palindromes?"
              rf"|squares?|cubes?|primes?|multiples?)(?: (?:that|which|we|with|of|greater|less|such|for|satisfying)"
              rf"[^.;:]{{0,80}}?)? (?:is|was)(?: (?:therefore|thus|then|hence|actually))? (?P<number>{V})"), _extreme),
    (_pattern(rf"(?<!number of )prime(?: number)?s? (?:less than|below|up to|between|under|from) {V}(?: (?:and"
              rf"|to) {V})?"
              rf"(?:,? inclusive,?)? are:? (?P<listed>{DATA})"), _primes_in_range),
    (_pattern(rf"({V}) (divides|does not divide|doesn['’]t divide) ({V})"), _divides),
    (_pattern(rf"{_GCD} (?:of|between) (?:the numbers )?({DATA}) {EQUALS} ({V})"), _common("gcd")),
    (_pattern(rf"{_LCM} (?:of|between) (?:the numbers )?({DATA}) {EQUALS} ({V})"), _common("lcm")),
    (_pattern(rf"(?:sum of (?:the |its )?digits|digit sum) (?:of|in) ({V}) {EQUALS}"
              rf" ({V})"), _about("digit_sum", 1, 2)),
    (_pattern(rf"digits of ({V}) (?:sum|add up|add) to ({V})"), _about("digit_sum", 1, 2)),
    (_pattern(rf"({V}) has(?: exactly)? ({V}) (?:positive )?(?:divisors"
              rf"|factors)"), _begins(_about("divisor_count", 1, 2))),
    (_pattern(rf"number of (?:positive )?(?:divisors|factors) of ({V}) {EQUALS}"
              rf" ({V})"), _about("divisor_count", 1, 2)),
    (_pattern(rf"sum of (?:all )?(?:the )?(?:positive )?(?:divisors|factors) of ({V}) {EQUALS} ({V})"),
     _about("divisor_sum", 1, 2)),
    (_pattern(rf"(?<!prime )(?:divisors|factors) of ({V}) are (?P<listed>{DATA})(?!,? ?(?:and )?{V})"), _divisor_list),
    (_pattern(rf"prime factori[sz]ation of ({V}) {EQUALS} ({V})"), _about("factorization", 1, 2)),
    (_pattern(rf"remainder (?:when|of dividing|of|if|from dividing) ({V}) (?:is |when )?(?:divided )?by ({V}),?"
              rf" {EQUALS} ({V})"),
     _about("remainder", 1, 2, 3)),
    (_pattern(rf"({V}) is divided by ({V}),? (?:the remainder is|it {_LEAVES}|we get (?:a )?remainder(?: of)?) ({V})"),
     _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) divided by ({V}) {_LEAVES} ({V})"), _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) {_LEAVES} ({V}) (?:when|if|upon) (?:divided|division) by ({V})"),
     _begins(_about("remainder", 1, 3, 2))),
    (_pattern(rf"({V}) (?:mod|modulo) ({V}) {EQUALS} ({V})"), _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) (?:is congruent to|≡) ({V}) \(?(?:mod|modulo) ({V})\)?"), _begins(_about("congruent", 1, 2, 3))),
    (_pattern(rf"(?:last|final) (?P<count>two|three|four|five) digits of (?P<number>{V}) are (?P<digits>{V})"),
     _last_digits),
    (_pattern(rf"(?:last|units?|ones|final)(?P<count>(?!))? digit of (?P<number>{V}) {EQUALS} (?P<digits>{V})"),
     _last_digits),
    (_pattern(rf"({V}) ends (?:in|with)(?: the digits?| a| an)? ({V})"), _ends_in),
    (_pattern(rf"({V}) has(?: exactly)? ({V}) digits"), _begins(_about("digit_count", 1, 2))),
    (_pattern(rf"(?P<from>{V}) (?:in|to|converted to|written in) (?P<base>binary|octal|hexadecimal|base"
              rf" (?P<radix>{V})) "
              rf"(?:is(?: written(?: as)?)?|=|equals|becomes) (?P<to>{V})(?: in (?:decimal|base 10|base"
              rf" ten))?"), _numeral),
)  # fmt: skip
