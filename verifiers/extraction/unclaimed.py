"""What the author asserts in symbols and no finder took up: said to be unformalized, with the reason, so that an
answer is called supported only when all of it was looked at.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Final

from verifiers.claims import Claim, Span
from verifiers.extraction.document import Document, Mood

TOO_LARGE: Final = "too_large"
NO_RULE: Final = "no rule says how to check this"


def unclaimed(document: Document, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Links of asserted chains that no claim's span covers, and all that was left unread."""
    spans: dict[int, list[Span]] = {}
    for claim in claims:
        spans.setdefault(claim.span.step, []).append(claim.span)
    for part in document.steps:
        for start, end in part.unread:
            yield Claim(span=Span(part.step, start, end), text=part.text[start:end], problem=TOO_LARGE)
        ordered = sorted(spans.get(part.step, []))
        starts = [span.start for span in ordered]
        reach = list(accumulate((span.end for span in ordered), max))
        for chain in part.chains:
            if chain.mood is not Mood.ASSERTED:
                continue
            for left, right in pairwise(chain.terms):
                before = bisect_right(starts, left.start)
                if before == 0 or reach[before - 1] < right.end:
                    problem = left.problem or right.problem or NO_RULE
                    span = Span(part.step, left.start, right.end)
                    yield Claim(span=span, text=part.text[left.start : right.end], problem=problem)
