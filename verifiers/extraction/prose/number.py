"""Number theory in words: "91 is not prime", "46657, which is a five-digit number", "the gcd of 12 and 18 is 6"."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim
from verifiers.expr import Expr, num
from verifiers.extraction.meaning.moods import rejected_by
from verifiers.extraction.meaning.values import rough
from verifiers.extraction.prose.number_facts import COUNT_WORDS, PATTERNS, Facts, Match, stated
from verifiers.extraction.prose.phrases import DATA, END, Phrase, V, is_closed, numbers_begin, vocabulary
from verifiers.notation.reading import Unread, read_chain

_HINTS: Final = vocabulary(
    """
    prime primes composite even odd square squares cube cubes power powers integer integers rational irrational
    divisible divides divide divided division divisor divisors multiple multiples factor factors factorization
    factorisation digit digits palindrome palindromic perfect common gcd lcm hcf gcf lcd remainder mod modulo
    base binary octal hexadecimal consecutive triangular fibonacci ends coprime relatively squarefree free whole
    """
)
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
_IS: Final = rf"(?:is|was){_NOT}(?: an?)?(?P<positive> positive)?"
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
    for pattern, build in PATTERNS:
        for match in pattern.finditer(text):
            if phrase.asserts(match.start(), match.end()):
                yield from _claims(phrase, match, build(phrase, match))


def _said_of_another(phrase: Phrase, match: Match) -> bool:
    """ "3^k = 20, which is not an integer" is said of k, "√49 = 7, which is a perfect square" of 49; 007 is a code."""
    written = phrase.value(match["subject"]).text.strip()
    if written[:1] == "0" and written.isdecimal() and len(written) > 1:
        return True
    if (match["positive"] is not None or _WHOLE.search(match.group())) and not _is_positive(phrase, match):
        return True
    if match["integer"] is not None and not phrase.is_number(match["subject"]):
        return True
    return (match["square"] or match["cube"]) is not None and ("sqrt" in written or "√" in written)


def _is_positive(phrase: Phrase, match: Match) -> bool:
    """Of -3 and 0 "is a positive integer" says more than that they are whole, and whether -3 is a "whole number"
    depends on the school.
    """
    subject = phrase.last(match["subject"])
    value = None if subject is None else rough(subject)
    return value is not None and value > 0


def _congruences(phrase: Phrase) -> Iterator[Claim]:
    """Links between numbers in a formula with a modulus: `3^4 \\equiv 81 \\equiv 1 \\pmod{10}`."""
    for value in phrase.values:
        if "equiv" not in value.text and "≡" not in value.text:
            continue
        reading = read_chain(value.text)
        modulus = reading.modulus
        trail = phrase.part.text[value.end : value.end + 160].lower()
        rejected = rejected_by(trail, phrase.following.lower())
        if modulus is None or isinstance(modulus, Unread) or rejected or not phrase.asserted_at(value.start, value.end):
            continue
        offset = phrase.part.text.find(value.text, value.start)
        for left, right, relation in zip(reading.terms, reading.terms[1:], reading.relations, strict=False):
            if relation != "congruent" or isinstance(left[2], Unread) or isinstance(right[2], Unread):
                continue
            if is_closed(left[2]) and is_closed(right[2]):
                for fact in stated("congruent", left[2], right[2], modulus):
                    yield phrase.claim_at(offset + left[0], offset + right[1], fact)


_WHOLE: Final = re.compile(r"whole number\W*\Z", re.IGNORECASE)
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


def _of_subject(phrase: Phrase, match: Match, subject: Expr) -> Facts:
    holds = match["not"] is None
    for name in _SIMPLE:
        if match[name] is not None:
            yield from stated(name, subject, holds=holds)
    if match["divisors"] is not None and (holds or (match["join"] != "and" and match["both"] is None)):
        for mark in re.findall(V, match["divisors"]):
            yield from stated("multiple", subject, phrase.first(mark), holds=holds)
    if match["dividend"] is not None:
        yield from stated("divides", subject, phrase.first(match["dividend"]), holds=holds)
    if match["partner"] is not None:
        yield from stated("coprime", subject, phrase.first(match["partner"]), holds=holds)
    if match["radix"] is not None:
        named = {"two": num(2), "three": num(3), "ten": num(10)}.get(match["radix"].lower())
        yield from stated("power_of", subject, named or phrase.first(match["radix"]), holds=holds)
    if match["digits"] is not None:
        count = COUNT_WORDS.get(match["digits"].lower())
        yield from stated("digit_count", subject, None if count is None else num(count), holds=holds)


def _of_subjects(phrase: Phrase, match: Match, subjects: tuple[Expr, ...]) -> Facts:
    holds = match["not"] is None
    for name in ("coprime", "consecutive"):
        if match[name] is not None and len(subjects) > 1:
            yield from stated(name, *subjects, holds=holds)
    for subject in subjects:
        for name in ("prime", "composite", "even", "odd", "square", "cube"):
            if match[name] is not None:
                yield from stated(name, subject, holds=holds)
        if match["divisor"] is not None:
            yield from stated("multiple", subject, phrase.first(match["divisor"]), holds=holds)
        if match["dividend"] is not None:
            yield from stated("divides", subject, phrase.first(match["dividend"]), holds=holds)
