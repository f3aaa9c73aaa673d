"""Number theory in words: "91 is not prime", "46657, which is a five-digit number", "the gcd of 12 and 18 is 6"."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from verifiers.claims import Claim, NumberFact
from verifiers.expr import Apply, Expr, Text, num, walk
from verifiers.extraction.moods import rejected_by
from verifiers.extraction.prose.phrases import DATA, END, Phrase, V, is_closed, numbers_begin, vocabulary, whole
from verifiers.notation.reading import Unread, read, read_chain

Match: TypeAlias = re.Match[str]
Facts: TypeAlias = Iterator[NumberFact]

_HINTS: Final = vocabulary(
    """
    prime primes composite even odd square squares cube cubes power powers integer integers rational irrational
    divisible divides divide divided division divisor divisors multiple multiples factor factors factorization
    factorisation digit digits palindrome palindromic perfect common gcd lcm hcf gcf lcd remainder mod modulo
    base binary octal hexadecimal consecutive triangular fibonacci ends coprime relatively squarefree free whole
    """
)
_COUNT_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SIMPLE: Final = {
    "prime": r"prime(?: number)?",
    "composite": r"composite(?: number)?",
    "even": r"even(?: number| integer)?",
    "odd": r"odd(?: number| integer)?",
    "square": r"(?:perfect square|square number)",
    "cube": r"(?:perfect cube|cube number)",
    "perfect_power": r"perfect power",
    "perfect": r"perfect number",
    "palindrome": r"(?:palindrome|palindromic(?: number)?)",
    "square_free": r"square-?free",
    "triangular": r"triangular number",
    "fibonacci": r"fibonacci number",
    "irrational": r"irrational(?: number)?",
    "rational": r"rational(?: number)?",
    "integer": r"(?:integer|whole number)",
}
_PREDICATE: Final = (
    r"(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _SIMPLE.items())
    + rf"|(?:divisible by|multiples? of) (?P<both>both )?(?P<divisors>{V}(?:, ?{V})*(?:,? (?P<join>and|or|nor)"
      rf" (?:by )?{V})?)"
    + rf"|(?:factors?|divisors?) of (?P<dividend>{V})"
    + rf"|(?:relatively prime|coprime) (?:to|with) (?P<partner>{V})"
    + rf"|powers? of (?P<radix>{V}|two|three|ten)"
    + r"|(?P<digits>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})[- ]digit (?:number|integer))"
)  # fmt: skip
_NOT: Final = r"(?P<not> not|n['’]t)?(?: (?:itself|also|indeed|actually|in fact|clearly|obviously|already|still))?"
_IS: Final = rf"(?:is|was){_NOT}(?: an?)?(?: positive)?"
_SUBJECT: Final = rf"(?P<subject>{V})"

_ALSO: Final = r"(?: itself| too| as well)?"
_SINGLE: Final = re.compile(rf"{_SUBJECT} {_IS} {_PREDICATE}{_ALSO}{END}", re.IGNORECASE)
_WHICH: Final = re.compile(rf"{_SUBJECT},? which {_IS} {_PREDICATE}{_ALSO}{END}", re.IGNORECASE)
_PLURAL: Final = re.compile(
    rf"(?P<subjects>{DATA}),?(?: which)? are(?P<not> not|n['’]t)?(?: (?:both|all))?(?: also)? "
    rf"(?:(?P<coprime>relatively prime|coprime)|(?P<consecutive>consecutive (?:integers|numbers))|"
    rf"(?P<prime>primes?(?: numbers)?)|(?P<composite>composite(?: numbers)?)|(?P<even>even(?: numbers| integers)?)|"
    rf"(?P<odd>odd(?: numbers| integers)?)|(?P<square>perfect squares|square numbers)|(?P<cube>perfect cubes)|"
    rf"(?:divisible by|multiples of) (?P<divisor>{V})|(?:factors|divisors) of (?P<dividend>{V})){END}",
    re.IGNORECASE,
)
_EQUALS: Final = r"(?:is|are|=|equals?|is equal to|comes to|(?:is )?exactly|is simply|is just)"


def find(phrase: Phrase) -> Iterator[Claim]:
    text = phrase.text
    yield from _congruences(phrase)
    if phrase.words.isdisjoint(_HINTS):
        return
    for pattern, needs_start in ((_SINGLE, True), (_WHICH, False)):
        for match in pattern.finditer(text):
            begins = numbers_begin(text, match.start()) if needs_start else not _PART.search(text, 0, match.start())
            if begins and phrase.asserts(match.start(), match.end()):
                subject = phrase.last(match["subject"])
                if subject is not None and not _said_of_another(phrase, match):
                    yield from _claims(phrase, match, _of_subject(phrase, match, subject))
    for match in _PLURAL.finditer(text):
        subjects = phrase.data(match["subjects"])
        if not subjects or len(subjects) < 2 or not numbers_begin(text, match.start()):
            continue
        if phrase.asserts(match.start(), match.end()):
            yield from _claims(phrase, match, _of_subjects(phrase, match, subjects))
    for pattern, build in _PATTERNS:
        for match in pattern.finditer(text):
            if phrase.asserts(match.start(), match.end()):
                yield from _claims(phrase, match, build(phrase, match))


def _said_of_another(phrase: Phrase, match: Match) -> bool:
    """ "3^k = 20, which is not an integer" is said of k, "√49 = 7, which is a perfect square" of 49; 007 is a code."""
    written = phrase.value(match["subject"]).text.strip()
    if written[:1] == "0" and written.isdecimal() and len(written) > 1:
        return True
    if match["integer"] is not None and not phrase.is_number(match["subject"]):
        return True
    return (match["square"] or match["cube"]) is not None and ("sqrt" in written or "√" in written)


def _congruences(phrase: Phrase) -> Iterator[Claim]:
    """Links between numbers in a formula with a modulus: `3^4 \\equiv 81 \\equiv 1 \\pmod{10}`."""
    for value in phrase.values:
        if "equiv" not in value.text and "≡" not in value.text:
            continue
        modulus = _modulus(value.text)
        reading = read_chain(value.text)
        trail = phrase.part.text[value.end : value.end + 160]
        if modulus is None or rejected_by(trail, phrase.following) or not phrase.asserted_at(value.start, value.end):
            continue
        offset = phrase.part.text.find(value.text, value.start)
        for left, right, relation in zip(reading.terms, reading.terms[1:], reading.relations, strict=False):
            if relation != "congruent" or isinstance(left[2], Unread) or isinstance(right[2], Unread):
                continue
            if is_closed(left[2]) and is_closed(right[2]):
                for fact in _fact("congruent", left[2], right[2], modulus):
                    yield phrase.claim_at(offset + left[0], offset + right[1], fact)


def _modulus(text: str) -> Expr | None:
    """The one modulus of all congruences in a formula."""
    tree = read(text)
    if isinstance(tree, Unread):
        return None
    found = {n.args[2] for n in walk(tree) if isinstance(n, Apply) and n.head == "congruent" and len(n.args) == 3}
    return found.pop() if len(found) == 1 else None


_PART: Final = re.compile(r"\b(?<!equal to )(?:of|by|than|and|or|with|from|in|modulo|mod|base|between|over|times) $")


def _claims(phrase: Phrase, match: Match, facts: Facts) -> Iterator[Claim]:
    """One claim for each fact. Several facts are about the members of a list and stand at these."""
    found = list(facts)
    members: list[int] = []
    if len(found) > 1:
        groups = match.re.groupindex
        group = next((name for name in ("subjects", "divisors", "listed") if name in groups), None)
        if group is not None and match[group] is not None:
            members = [match.start(group) + mark.start() for mark in re.finditer(V, match[group])]
    for index, fact in enumerate(found):
        if index < len(members):
            yield phrase.claim(members[index], members[index] + 1, fact)
        else:
            yield phrase.claim(match.start(), match.end(), fact)


def _fact(predicate: str, *arguments: Expr | None, holds: bool = True) -> Facts:
    known = tuple(argument for argument in arguments if argument is not None)
    if len(known) == len(arguments):
        yield NumberFact(predicate=predicate, arguments=known, holds=holds)  # type: ignore[arg-type]


def _of_subject(phrase: Phrase, match: Match, subject: Expr) -> Facts:
    holds = match["not"] is None
    for name in _SIMPLE:
        if match[name] is not None:
            yield from _fact(name, subject, holds=holds)
    if match["divisors"] is not None and (holds or (match["join"] != "and" and match["both"] is None)):
        for mark in re.findall(V, match["divisors"]):
            yield from _fact("multiple", subject, phrase.first(mark), holds=holds)
    if match["dividend"] is not None:
        yield from _fact("divides", subject, phrase.first(match["dividend"]), holds=holds)
    if match["partner"] is not None:
        yield from _fact("coprime", subject, phrase.first(match["partner"]), holds=holds)
    if match["radix"] is not None:
        named = {"two": num(2), "three": num(3), "ten": num(10)}.get(match["radix"].lower())
        yield from _fact("power_of", subject, named or phrase.first(match["radix"]), holds=holds)
    if match["digits"] is not None:
        count = _COUNT_WORDS.get(match["digits"].lower())
        yield from _fact("digit_count", subject, None if count is None else num(count), holds=holds)


def _of_subjects(phrase: Phrase, match: Match, subjects: tuple[Expr, ...]) -> Facts:
    holds = match["not"] is None
    for name in ("coprime", "consecutive"):
        if match[name] is not None and len(subjects) > 1:
            yield from _fact(name, *subjects, holds=holds)
    for subject in subjects:
        for name in ("prime", "composite", "even", "odd", "square", "cube"):
            if match[name] is not None:
                yield from _fact(name, subject, holds=holds)
        if match["divisor"] is not None:
            yield from _fact("multiple", subject, phrase.first(match["divisor"]), holds=holds)
        if match["dividend"] is not None:
            yield from _fact("divides", subject, phrase.first(match["dividend"]), holds=holds)


def _extreme(phrase: Phrase, match: Match) -> Facts:
    """The largest three-digit number with some property has three digits, whatever the property."""
    count = _COUNT_WORDS.get(match["digits"].lower()) or (int(match["digits"]) if match["digits"].isdecimal() else None)
    value = phrase.last(match["number"])
    if count is not None and whole(value) is not None and numbers_begin(phrase.text, match.start()):
        yield from _fact("digit_count", value, num(count))


def _primes_in_range(phrase: Phrase, match: Match) -> Facts:
    for member in phrase.data(match["listed"]) or ():
        yield from _fact("prime", member)


def _divides(phrase: Phrase, match: Match) -> Facts:
    if numbers_begin(phrase.text, match.start()):
        yield from _fact("divides", phrase.last(match[1]), phrase.first(match[3]), holds=match[2] == "divides")


def _common(predicate: str) -> Callable[[Phrase, Match], Facts]:
    def build(phrase: Phrase, match: Match) -> Facts:
        numbers = phrase.data(match[1])
        if numbers is not None and len(numbers) > 1:
            yield from _fact(predicate, *numbers, phrase.first(match[2]))

    return build


def _about(predicate: str, *order: int) -> Callable[[Phrase, Match], Facts]:
    """The fact on the first closed values of the groups in `order`."""

    def build(phrase: Phrase, match: Match) -> Facts:
        yield from _fact(predicate, *(phrase.first(match[group]) for group in order))

    return build


def _begins(build: Callable[[Phrase, Match], Facts]) -> Callable[[Phrase, Match], Facts]:
    """Only where the match starts a clause, so that its first number is the whole subject."""

    def guarded(phrase: Phrase, match: Match) -> Facts:
        if numbers_begin(phrase.text, match.start()):
            yield from build(phrase, match)

    return guarded


def _last_digits(phrase: Phrase, match: Match) -> Facts:
    count = _COUNT_WORDS.get((match["count"] or "one").lower())
    written = phrase.value(match["digits"]).text.strip()
    if count is not None and (not written.isdecimal() or len(written) <= count):
        yield from _fact("last_digit", phrase.last(match["number"]), phrase.first(match["digits"]), num(count))


def _ends_in(phrase: Phrase, match: Match) -> Facts:
    written = phrase.value(match[2]).text.strip()
    if written.isdecimal() and len(written) <= 6 and numbers_begin(phrase.text, match.start()):
        yield from _fact("last_digit", phrase.last(match[1]), num(int(written)), num(len(written)))


def _divisor_list(phrase: Phrase, match: Match) -> Facts:
    number, listed = phrase.first(match[1]), phrase.data(match[2])
    value = whole(number)
    if value is None or listed is None:
        return
    members = {whole(member) for member in listed}
    if 1 in members and value in members and None not in members:
        for member in listed:
            yield from _fact("divides", member, number)
        yield from _fact("divisor_count", number, num(len(members)))


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
        yield from _fact("in_base", num(int(second)), Text(first), num(base))
    elif written:
        yield from _fact("in_base", num(int(first)), Text(second), num(base))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text + END, re.IGNORECASE)


_GCD: Final = r"(?:greatest common (?:divisor|factor)|highest common factor|gcd|gcf|hcf)(?: \((?:gcd|gcf|hcf)\))?"
_LCM: Final = r"(?:least common (?:multiple|denominator)|lowest common multiple|lcm|lcd)(?: \((?:lcm|lcd)\))?"
_LEAVES: Final = r"(?:leaves|gives|has|yields) (?:a |the )?remainder(?: of)?"

_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[Phrase, Match], Facts]], ...]] = (
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
    (_pattern(rf"{_GCD} (?:of|between) (?:the numbers )?({DATA}) {_EQUALS} ({V})"), _common("gcd")),
    (_pattern(rf"{_LCM} (?:of|between) (?:the numbers )?({DATA}) {_EQUALS} ({V})"), _common("lcm")),
    (_pattern(rf"(?:sum of (?:the |its )?digits|digit sum) (?:of|in) ({V}) {_EQUALS}"
              rf" ({V})"), _about("digit_sum", 1, 2)),
    (_pattern(rf"digits of ({V}) (?:sum|add up|add) to ({V})"), _about("digit_sum", 1, 2)),
    (_pattern(rf"({V}) has(?: exactly)? ({V}) (?:positive )?(?:divisors"
              rf"|factors)"), _begins(_about("divisor_count", 1, 2))),
    (_pattern(rf"number of (?:positive )?(?:divisors|factors) of ({V}) {_EQUALS}"
              rf" ({V})"), _about("divisor_count", 1, 2)),
    (_pattern(rf"sum of (?:all )?(?:the )?(?:positive )?(?:divisors|factors) of ({V}) {_EQUALS} ({V})"),
     _about("divisor_sum", 1, 2)),
    (_pattern(rf"(?<!prime )(?:divisors|factors) of ({V}) are (?P<listed>{DATA})(?!,? ?(?:and )?{V})"), _divisor_list),
    (_pattern(rf"prime factori[sz]ation of ({V}) {_EQUALS} ({V})"), _about("factorization", 1, 2)),
    (_pattern(rf"remainder (?:when|of dividing|of|if|from dividing) ({V}) (?:is |when )?(?:divided )?by ({V}),?"
              rf" {_EQUALS} ({V})"),
     _about("remainder", 1, 2, 3)),
    (_pattern(rf"({V}) is divided by ({V}),? (?:the remainder is|it {_LEAVES}|we get (?:a )?remainder(?: of)?) ({V})"),
     _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) divided by ({V}) {_LEAVES} ({V})"), _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) {_LEAVES} ({V}) (?:when|if|upon) (?:divided|division) by ({V})"),
     _begins(_about("remainder", 1, 3, 2))),
    (_pattern(rf"({V}) (?:mod|modulo) ({V}) {_EQUALS} ({V})"), _begins(_about("remainder", 1, 2, 3))),
    (_pattern(rf"({V}) (?:is congruent to|≡) ({V}) \(?(?:mod|modulo) ({V})\)?"), _begins(_about("congruent", 1, 2, 3))),
    (_pattern(rf"(?:last|final) (?P<count>two|three|four|five) digits of (?P<number>{V}) are (?P<digits>{V})"),
     _last_digits),
    (_pattern(rf"(?:last|units?|ones|final)(?P<count>(?!))? digit of (?P<number>{V}) {_EQUALS} (?P<digits>{V})"),
     _last_digits),
    (_pattern(rf"({V}) ends (?:in|with)(?: the digits?| a| an)? ({V})"), _ends_in),
    (_pattern(rf"({V}) has(?: exactly)? ({V}) digits"), _begins(_about("digit_count", 1, 2))),
    (_pattern(rf"(?P<from>{V}) (?:in|to|converted to|written in) (?P<base>binary|octal|hexadecimal|base"
              rf" (?P<radix>{V})) "
              rf"(?:is(?: written(?: as)?)?|=|equals|becomes) (?P<to>{V})(?: in (?:decimal|base 10|base"
              rf" ten))?"), _numeral),
)  # fmt: skip
