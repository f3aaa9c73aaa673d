"""What of an item is proved: the key right, every other option wrong, or which of these is not, and why.

The verifiers are asked about each option as an answer to the question. A verdict counts only where it hangs on the
question: `2 + 2 = 4` is true wherever it stands, and no answer to what 3 + 3 is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import msgspec

from curriculum.choices import LETTERS, choices, right_letters
from curriculum.items import (
    AssertionReason,
    Expression,
    Item,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Part,
    ShortAnswer,
    SingleChoice,
    StatementSet,
    Steps,
)
from curriculum.numbers import exact_number
from curriculum.passages import Passage
from curriculum.solving import finds_a_value
from curriculum.wordings import answers, asks_for_truth, canonical, judges_form, negated, statement
from verifiers.claims import Claim, Deduction, Excerpt, Fact, Result, Solution, Span
from verifiers.verdicts import Checked, Label, Report, Verdict, encode

Check: TypeAlias = Callable[[str, str], Report]
"""Question and answer to report: `Checker.check_answer`, or `check_answer` of `verifiers`."""
FactCheck: TypeAlias = Callable[[str, Sequence[Passage]], Verdict]
"""Statement and passages to verdict."""
Status: TypeAlias = Literal["proved", "refuted", "unproved"]
"""`proved`: it is a right answer; `refuted`: it is a wrong one."""

_STATUS: Final[Mapping[Label, Status]] = {
    Label.SUPPORTED: "proved",
    Label.REFUTED: "refuted",
    Label.UNDECIDED: "unproved",
}


_BESIDES: Final = re.compile(r"\b(?:only|both|either|neither)\b", re.IGNORECASE)
"""What says something of other options too."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found about one answer to an item."""

    what: str
    """`key`, an option's letter, or `statement 2`."""
    text: str
    status: Status
    why: str
    """The method and its sentence with the witness, or the reason why it is not proved."""
    by: Literal["computing", "passages"] = "computing"
    """Passages prove what they say; a contradiction with them may also be one of two wordings."""


class ItemProof(msgspec.Struct, frozen=True, kw_only=True):
    """`keys` are the findings about what the item calls right, `others` about what it calls wrong."""

    id: str
    keys: tuple[Finding, ...]
    others: tuple[Finding, ...] = ()

    @property
    def key_proved(self) -> bool:
        return bool(self.keys) and all(one.status == "proved" for one in self.keys)

    @property
    def complete(self) -> bool:
        """The key is proved and every other option refuted."""
        return self.key_proved and all(one.status == "refuted" for one in self.others)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What contradicts the item: a refuted key, or another option that is right as well."""
        return tuple(one for one in self.keys if one.status == "refuted") + tuple(
            one for one in self.others if one.status == "proved"
        )


class Prover(msgspec.Struct, frozen=True, kw_only=True):
    """`facts` holds statements against the passages an item names; without it only what is computed is proved."""

    check: Check
    passages: Mapping[str, Passage] = {}
    facts: FactCheck | None = None

    def prove(self, item: Item) -> ItemProof:
        """Never raises."""
        if isinstance(item, Steps):
            parts = [self.prove(part) for part in item.parts]
            return ItemProof(
                id=item.id,
                keys=tuple(_of_part(n, one) for n, part in enumerate(parts, 1) for one in part.keys),
                others=tuple(_of_part(n, one) for n, part in enumerate(parts, 1) for one in part.others),
            )
        return self._part(item)

    def _part(self, item: Part) -> ItemProof:
        stem = f"{item.context}\n{item.stem}".strip()
        match item:
            case SingleChoice() | MultipleChoice():
                return self._choice(item, stem)
            case StatementSet():
                return self._statements(item)
            case AssertionReason():
                return self._reasons(item)
            case Numeric():
                given = f"{item.value} {item.unit}".strip()
                found = self._option(item, stem, "key", given)
                if found.status == "refuted" and item.tolerance is not None:
                    found = _unproved("key", given, f"the key has a tolerance; exactly: {found.why}")
                return ItemProof(id=item.id, keys=(found,))
            case Expression():
                return ItemProof(id=item.id, keys=(self._option(item, stem, "key", item.value),))
            case ShortAnswer():
                return ItemProof(id=item.id, keys=(self._option(item, stem, "key", item.accepted[0]),))
            case Ordering():
                return ItemProof(id=item.id, keys=(_in_order(item),))
            case Matching():
                text = ", ".join(f"{number}-{letter}" for number, letter in item.pairs)
                return ItemProof(id=item.id, keys=(_unproved("key", text, "pairs are not computed"),))

    def _choice(self, item: SingleChoice | MultipleChoice, stem: str) -> ItemProof:
        right = right_letters(item)
        found = {
            letter: self._option(item, stem, letter, option.text)
            for letter, option in zip(LETTERS, choices(item), strict=False)
        }
        others = [one for letter, one in found.items() if letter not in right]
        if judges_form(item.stem):
            others = [
                _unproved(one.what, one.text, "has the value asked for; its form is not judged")
                if one.status == "proved"
                else one
                for one in others
            ]
        keys = tuple(one for letter, one in found.items() if letter in right)
        return ItemProof(id=item.id, keys=keys, others=tuple(others))

    def _option(self, item: Part, stem: str, what: str, text: str) -> Finding:
        """What is known of an answer to the item."""
        if negated(item.stem):
            return _unproved(what, text, "the question asks for what is not so")
        if asks_for_truth(item.stem):
            return self._truth(item, what, text)
        deduced = self._deduced(stem, choices(item), what)
        if deduced is not None and deduced.label is not Label.UNDECIDED:
            return Finding(what=what, text=text, status=_STATUS[deduced.label], why=_said(deduced))
        found: list[Finding] = []
        for question, answer in self._asked(stem, text):
            verdict = self._linked(question, answer)
            if verdict is not None:
                found.append(Finding(what=what, text=text, status=_STATUS[verdict.label], why=_said(verdict)))
            if found and found[-1].status != "unproved":
                break
        decided = [one for one in found if one.status != "unproved"]
        if decided:
            return decided[0]
        said = statement(item.stem, text)
        if said is not None and self.facts is not None and item.passages:
            return self._fact(item, what, said, text)
        return found[0] if found else _unproved(what, text, "no verifier reads the question")

    def _deduced(self, stem: str, options: Sequence[Option], what: str) -> Verdict | None:
        """The verdict on a letter where the question is one of reasoning, read with all its options.

        Only so does `Only I follows` deny the other conclusions.
        """
        if not options:
            return None
        listed = "\n".join(f"({letter}) {option.text}" for letter, option in zip(LETTERS, options, strict=False))
        claims = _claims(self.check(f"{stem}\n{listed}", f"The answer is ({what})."))
        return _one(claims) if all(isinstance(one.claim.formula, Deduction) for one in claims) else None

    @staticmethod
    def _asked(stem: str, text: str) -> Iterator[tuple[str, str]]:
        """Questions and answers to try: the item as it stands, then in plain words."""
        for question in dict.fromkeys((stem, canonical(stem))):
            if question is not None:
                yield from ((question, answer) for answer in answers(question, text))

    def _linked(self, question: str, answer: str) -> Verdict | None:
        """The verdict on an answer as far as it hangs on the question."""
        with_question = _claims(self.check(question, answer))
        if not with_question:
            return None
        alone = {(encode(one.claim.formula), one.verdict.label) for one in _claims(self.check("", answer))}
        counted = Result if _BESIDES.search(answer) else (Deduction, Result)
        linked = [
            one
            for one in with_question
            if (encode(one.claim.formula), one.verdict.label) not in alone
            and (isinstance(one.claim.formula, counted) or (finds_a_value(question) and not _in_part(one)))
        ]
        return _one(linked)

    def _truth(self, item: Part, what: str, text: str) -> Finding:
        verdict = _one(_claims(self.check("", text)))
        if verdict is not None and verdict.label is not Label.UNDECIDED:
            return Finding(what=what, text=text, status=_STATUS[verdict.label], why=_said(verdict))
        if self.facts is not None and item.passages:
            return self._fact(item, what, text, text)
        return _unproved(what, text, "no verifier reads the statement")

    def _fact(self, item: Part, what: str, said: str, text: str) -> Finding:
        assert self.facts is not None
        verdict = self.facts(said, [self.passages[name] for name in item.passages if name in self.passages])
        return Finding(what=what, text=text, status=_STATUS[verdict.label], why=_said(verdict), by="passages")

    def _statements(self, item: StatementSet) -> ItemProof:
        """The key follows from the statements; each is proved as the item judges it, or contradicted."""
        keys = tuple(
            self._judged(item, f"statement {number}", one.text, one.holds)
            for number, one in enumerate(item.statements, 1)
        )
        return ItemProof(id=item.id, keys=keys)

    def _reasons(self, item: AssertionReason) -> ItemProof:
        keys = [
            self._judged(item, "assertion", item.assertion.text, item.assertion.holds),
            self._judged(item, "reason", item.reason.text, item.reason.holds),
        ]
        if item.assertion.holds and item.reason.holds:
            keys.append(_unproved("explanation", item.reason.text, "whether it explains is not computed"))
        return ItemProof(id=item.id, keys=tuple(keys))

    def _judged(self, item: Part, what: str, text: str, holds: bool) -> Finding:
        found = self._truth(item, what, text)
        if found.status == "unproved" or holds:
            return found
        # The item says it is false: a refuted statement proves the key.
        status: Status = "proved" if found.status == "refuted" else "refuted"
        return msgspec.structs.replace(found, status=status)


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of some items is proved."""

    items: int
    complete: int
    """Key proved and every other option refuted."""
    key_proved: int
    wrong: int
    options: int
    """Options beside the keys."""
    refuted: int
    """Of these, proved wrong."""


def coverage(proofs: Iterable[ItemProof]) -> Coverage:
    found = list(proofs)
    others = [one for proof in found for one in proof.others]
    return Coverage(
        items=len(found),
        complete=sum(proof.complete for proof in found),
        key_proved=sum(proof.key_proved for proof in found),
        wrong=sum(bool(proof.wrong) for proof in found),
        options=len(others),
        refuted=sum(one.status == "refuted" for one in others),
    )


def facts_by(check_claims: Callable[[Sequence[Claim]], Sequence[Checked]]) -> FactCheck:
    """A `FactCheck` out of `Checker.check_claims`."""

    def check(said: str, passages: Sequence[Passage]) -> Verdict:
        excerpts = tuple(Excerpt(source=one.source, text=one.text, title=one.title) for one in passages)
        formula = Fact(statement=said, passages=excerpts)
        (checked,) = check_claims([Claim(span=Span(0, 0, len(said)), text=said, formula=formula)])
        return checked.verdict

    return check


def _of_part(number: int, finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, what=f"part {number}, {finding.what}")


def _unproved(what: str, text: str, why: str) -> Finding:
    return Finding(what=what, text=text, status="unproved", why=why)


def _claims(report: Report) -> list[Checked]:
    return [one for one in report.claims if one.claim.formula is not None and one.claim.span.step >= 0]


def _one(claims: Sequence[Checked]) -> Verdict | None:
    """Refuted if any is, supported if all are; None where there is nothing."""
    if not claims:
        return None
    for label in (Label.REFUTED, Label.UNDECIDED):
        found = next((one.verdict for one in claims if one.verdict.label is label), None)
        if found is not None:
            return found
    return claims[0].verdict


def _in_part(one: Checked) -> bool:
    """Some solutions that need not be all: that they are right does not make the answer right."""
    formula = one.claim.formula
    return isinstance(formula, Solution) and not formula.complete and one.verdict.label is Label.SUPPORTED


def _said(verdict: Verdict) -> str:
    if verdict.evidence is not None:
        return f"{verdict.evidence.method}: {verdict.evidence.text}"
    return f"{verdict.reason.value}{': ' + verdict.detail if verdict.detail else ''}"


def _in_order(item: Ordering) -> Finding:
    """Numbers in ascending or descending order, as the stem asks."""
    text = ", ".join(item.entries)
    low = item.stem.lower()
    up = any(
        word in low for word in ("ascending", "increasing", "smallest to", "least to", "lowest to", "from the smallest")
    )
    down = any(
        word in low
        for word in ("descending", "decreasing", "largest to", "greatest to", "highest to", "from the largest")
    )
    values = [exact_number(entry) for entry in item.entries]
    if up == down or None in values:
        return _unproved("key", text, "the order is not one of numbers")
    known: list[Fraction] = [value for value in values if value is not None]
    for place, (a, b) in enumerate(pairwise(known)):
        if (up and a >= b) or (down and a <= b):
            entries = item.entries[place], item.entries[place + 1]
            return Finding(
                what="key", text=text, status="refuted", why=f"exact: {entries[1]} does not come after {entries[0]}"
            )
    return Finding(what="key", text=text, status="proved", why="exact: every value is compared with the next")
