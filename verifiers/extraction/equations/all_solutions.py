"""Solutions called all there are: "the only solution is x = 7", "the solution set is {0, 7}", "the roots of … are …".

They are held against the equation named in the same sentence, else against the question's one equation, and only where
nothing said so far restricts the letter: "the only positive solution" may well leave out others.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verifiers import exact
from verifiers.claims import Claim, Context, Solution, Span
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, num
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.asked import first_restriction
from verifiers.extraction.equations.offered import offered, value_of
from verifiers.extraction.formulas.derivations import relations, usable
from verifiers.extraction.meaning.scope import scope_of
from verifiers.verdicts import Remark

_KINDS: Final = r"(?:real )?(?:solution|root|zero|value)"
_ALL: Final = re.compile(
    rf"\b(?:only|unique|sole|exactly (?:one|two|three|four)) (?:possible )?{_KINDS}s?\b|\bsolution set\b"
    rf"|\ball (?:of )?(?:the |its )?{_KINDS}s\b|\bno other {_KINDS}s?\b"
    rf"|\b(?:the|its|has|two|three) (?:(?:two|three|distinct|only) )?(?:real )?(?:solutions|roots|zeros)\b"
)
_POINTING: Final = re.compile(
    rf"^\W*(?:this|it|that|these|those) (?:is|are) (?:\w+ly )?(?:(?:also|thus|hence|therefore|indeed) )?"
    rf"(?:the |all (?:of )?the )?(?:only|unique|sole|all)?(?: of)?(?: the)? ?{_KINDS}s?\W*(?:to|of|$)"
)
_SOLE: Final = re.compile(r"\b(?:only|unique|sole|all)\b")
_NAMING: Final = re.compile(
    r"\b(?:roots?|zeros?) of(?: the (?:quadratic|polynomial|equation|cubic|function))?[\s$\\(]*$"
)
_DOUBTED: Final = re.compile(
    r"\b(?:if|suppose|assume|whether|unless|case|would|could|should|may|might|not|other than|sum|product|mod|modulo"
    r"|number of|one of|some|half|average|mean|difference|distance)\b|n't|≡|\\equiv"
)
_MEANT: Final = (Mood.ASSERTED, Mood.DEFINED, Mood.ASKED)


def find(document: Document) -> Iterator[Claim | Remark]:
    """A claim for every sentence that lists all solutions of an equation it names or of the question's."""
    limit = first_restriction(document)
    scope = scope_of(document)
    asked = _question_equation(document)
    for part in document.steps:
        by_sentence: dict[int, list[Chain]] = {}
        for chain in part.chains:
            by_sentence.setdefault(chain.sentence, []).append(chain)
        for index, sentence in enumerate(part.sentences):
            words = part.text[sentence.start : sentence.end].lower()
            chains = by_sentence.get(index, [])
            if len(words) > 400 or words.rstrip().endswith("?") or _DOUBTED.search(words):
                continue
            if (part.step, sentence.end) > limit:
                return
            if not chains and _POINTING.match(words) and _SOLE.search(words):
                chains = by_sentence.get(index - 1, [])[-3:]
            elif not _ALL.search(words):
                continue
            found = _listing(part, chains, asked)
            if found is None:
                continue
            problem, letter, values, first, last = found
            context = Context(domains=scope.context((part.step, first.start), {letter}).domains)
            if all(domain == "real" for _, domain in context.domains):
                yield Claim(
                    span=Span(part.step, first.start, last.end), text=part.text[first.start : last.end],
                    formula=Solution(
                        problem=(problem,), unknowns=(letter,), claimed=app("set", *values), complete=True,
                        context=context,
                    ),
                )  # fmt: skip


def _question_equation(document: Document) -> Expr | None:
    """The one relation of the question, an equation in one letter."""
    given = [c for c in document.question.chains if c.relations]
    if len(given) != 1 or not usable(given[0]):
        return None
    found = list(relations(given[0]))
    return found[0] if len(found) == 1 and _is_equation(found[0]) else None


def _is_equation(relation: Expr) -> bool:
    """An equation in one letter that does not itself say what the letter is."""
    if not isinstance(relation, Apply) or relation.head != "eq" or len(free_symbols(relation)) != 1:
        return False
    return value_of(relation) is None


def _listing(
    part: Part, chains: Sequence[Chain], asked: Expr | None
) -> tuple[Expr, str, tuple[Expr, ...], Chain, Chain] | None:
    """Problem, letter, values and the formulas they stand in."""
    problem: Expr | None = None
    letter: str | None = None
    values: list[Expr] = []
    used: list[Chain] = []
    for chain in chains:
        if chain.approximate or chain.mood not in _MEANT:
            return None
        if not chain.relations and isinstance(chain.terms[0].expr, Sym):
            continue
        said = offered(chain)
        if said is not None and (letter is None or said[0] in (letter, "")):
            letter = said[0] or letter
            values.extend(said[1])
            used.append(chain)
        elif problem is None and not used:
            problem = _named(chain)
            if problem is None:
                return None
        else:
            return None
    named = problem is not None
    problem = problem if problem is not None else asked
    if problem is None or not values:
        return None
    unknown = next(iter(free_symbols(problem)))
    if letter not in (None, unknown):
        return None
    fits = any(exact.holds(problem, {unknown: value}) is True for value in values)
    if not fits and not (named and letter is None):
        return None
    return problem, unknown, tuple(values), used[0], used[-1]


def _named(chain: Chain) -> Expr | None:
    """The equation that a formula is, or names by its left side: "the roots of x^2 - 9"."""
    if not usable(chain):
        return None
    if chain.relations:
        found = list(relations(chain))
        return found[0] if len(found) == 1 and _is_equation(found[0]) else None
    side = chain.terms[0].expr
    if side is None or not _NAMING.search(chain.lead) or len(free_symbols(side)) != 1 or isinstance(side, Sym):
        return None
    return app("eq", side, num(0))
