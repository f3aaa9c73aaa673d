"""What is said of an unknown function on the way to its formula.

Equations count that are said to hold for all values of the question's letters, and that stand before anything was
supposed: behind "assume f is not constant" or "case 2" a function that meets the question alone proves nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from verifiers.claims import Claim, Context, FunctionalEquation, Span
from verifiers.expr import Apply, Expr, Sym, app, free_symbols, heads
from verifiers.extraction.document import Chain, Document, Mood, Part, Sentence
from verifiers.extraction.equations.function_questions import UNFIT, Posed
from verifiers.extraction.meaning.functions import called, calls_of
from verifiers.extraction.meaning.moods import without_operations

_HYPOTHESIS: Final = re.compile(
    r"\b(?:if|suppos\w+|assum\w+|cases?|wlog|without loss|otherwise|either|consider\w*|try|trying|guess\w*|hypothes\w+"
    r"|non-?constant|not (?:identically|constant|zero|the zero)|restrict\w*|candidates?|of the form|induct\w+|unless"
    r"|possibilit\w+|possible|let's say|say|imagine|test\w*|further|additional\w*)\b"
)
_LOCAL: Final = re.compile(
    r"\b(?:such that|exists?|choose|choosing|pick|fix\w*|where|for some|when|whenever|let\b[^.]{0,30}\bbe"
    r"|there (?:is|are)|specific|particular|contradict\w*|wrong|wait|mistake|distinct|nonzero|non-zero|positive"
    r"|negative|greater|less)\b"
)
_BRANCH: Final = re.compile(
    r"^[\s$\\)\],.]*(?:for|when|if|where|unless|or|only|then|mod|except|whenever|impl(?:y|ies))\b"
    r"(?! (?:all|any|every|each)\b)|^[\s$)\],.]*(?:\\(?:implies|rightarrow|longrightarrow|iff)|⟹|⇒|→)"
)
_RELATIONS: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_TRAIT: Final = re.compile(
    r"\b(?:the function|function)?[\s$\\(]*(?P<name>[a-zA-Z])[\s$\\)]* is (?:also |an? |therefore |thus |indeed )*"
    r"(?P<trait>injective|one-to-one|odd|even|constant|additive|multiplicative)\b"
    r"(?! (?:number|integer|if|when|only|on|for|at)\b)"
)
_MOST_CLAIMS: Final = 24
DERIVED: Final = re.compile(
    r"(?:get|gets|have|has|obtain\w*|giv\w+|yield\w*|becom\w+|simplif\w+(?: to)?|so|thus|hence|therefore|conclud\w+"
    r"|find|follows?(?: that)?|implies|imply|means|reduces?(?: to)?|shows?|deduce|that|obtain|is|equation"
    r"|rewrit\w+(?: as)?)"
    r"[\s:,$\\(\[]*(?:\\\[)?\s*$"
)
"""How a formula is led in that follows from what stands before."""


def claim_of(
    question: Posed, alternatives: tuple[Expr, ...], constants: tuple[str, ...] = (), extra: tuple[str, ...] = ()
) -> FunctionalEquation:
    """That one of the alternatives holds of every function of the question; `extra` are further letters."""
    domains = (*question.domains, *((name, question.source) for name in extra if name not in question.letters))
    return FunctionalEquation(
        function=question.function, source=question.source, target=question.target, conditions=question.conditions,
        alternatives=alternatives, constants=constants, traits=question.traits,
        context=Context(domains=domains, givens=question.restrictions),
    )  # fmt: skip


def on_the_way(document: Document, question: Posed) -> Iterator[Claim]:
    """Claims of every step up to the first supposition."""
    for part in document.steps:
        local = False
        bound: set[str] = set()
        alike: set[str] = set()
        told = False
        chains: dict[int, list[Chain]] = {}
        for chain in part.chains:
            chains.setdefault(chain.sentence, []).append(chain)
        for index, sentence in enumerate(part.sentences):
            words = without_operations(_without_substitutions(part, sentence, chains.get(index, ()), question))
            if _HYPOTHESIS.search(words) or _supposes(chains.get(index, ()), question):
                return
            local = local or _LOCAL.search(words) is not None or _narrows(chains.get(index, ()))
            if local:
                continue
            for chain in chains.get(index, ()):
                letters = _substituted(chain, question)
                if len(letters) > 1:
                    alike |= letters
                else:
                    bound |= letters
                relation = _universal(chain, question, part)
                derived = DERIVED.search(chain.lead) is not None or (told and not chain.lead.strip(" \n$\\[](),&."))
                told = relation is not None and derived
                if relation is None:
                    continue
                used = free_symbols(relation)
                if (derived or not used) and not used & bound and len(used & alike) < 2:
                    yield Claim(
                        span=Span(part.step, chain.start, chain.end), text=part.text[chain.start : chain.end],
                        formula=claim_of(question, (relation,)),
                    )  # fmt: skip
            yield from _traits(part, sentence.start, sentence.end, question)


_SEEING: Final = re.compile(r"(?<=\bsee) if\b(?= we can\b)")
_CONDITION: Final = re.compile(r"\b(?:what )?(?:if|when)(?: we (?:set|let|put|have))?[\s$\\(]*$")


def _without_substitutions(part: Part, sentence: Sentence, chains: Sequence[Chain], question: Posed) -> str:
    """The sentence's words without the "if" of "if x = 0 and y = 1"."""
    words = _SEEING.sub("   ", part.text[sentence.start : sentence.end].lower())
    for chain in chains:
        if _substituted(chain, question) and not any(t.expr is not None and called(t.expr) for t in chain.terms):
            found = _CONDITION.search(words, 0, chain.start - sentence.start)
            if found is not None:
                words = words[: found.start()] + " " * (found.end() - found.start()) + words[found.end() :]
    return words


def _supposes(chains: Sequence[Chain], question: Posed) -> bool:
    """A value or formula of the function that is not asserted."""
    kept = (Mood.ASSERTED, Mood.REJECTED, Mood.ASKED, Mood.QUOTED)
    return any(
        c.mood not in kept and any(t.expr is not None and question.function in called(t.expr) for t in c.terms)
        for c in chains
    )


def _narrows(chains: Sequence[Chain]) -> bool:
    """An inequality between letters, or one that could not be read."""
    return any(
        set(c.relations) & {"ne", "lt", "le", "gt", "ge", "notin"}
        and not any(t.expr is not None and called(t.expr) for t in c.terms)
        for c in chains
    )


def _substituted(chain: Chain, question: Posed) -> set[str]:
    """Letters of the question set equal to something."""
    if not chain.relations:
        return set()
    return {t.expr.name for t in chain.terms if isinstance(t.expr, Sym) and t.expr.name in question.letters}


def _universal(chain: Chain, question: Posed, part: Part) -> Expr | None:
    """The chain as a relation about the function, if it is meant for all values of its letters."""
    if chain.mood is not Mood.ASSERTED or chain.approximate or not chain.relations:
        return None
    if not set(chain.relations) <= _RELATIONS or _BRANCH.match(part.text[chain.end : chain.end + 40].lower()):
        return None
    links: list[Expr] = []
    for left, relation, right in zip(chain.terms, chain.relations, chain.terms[1:], strict=False):
        if left.expr is None or right.expr is None:
            return None
        sides = (left.expr, right.expr)
        if any(isinstance(a, Sym) and a.name not in free_symbols(b) for a, b in (sides, sides[::-1])):
            return None
        links.append(app(relation, *sides))
    whole = links[0] if len(links) == 1 else Apply("and", tuple(links))
    names = {name for link in links for name in called(link)}
    if names != {question.function} or not free_symbols(whole) <= question.letters or heads(whole) & (UNFIT - {"and"}):
        return None
    return whole if not any(len(c.args) != 2 for c in calls_of(whole, question.function)) else None


def _traits(part: Part, start: int, end: int, question: Posed) -> Iterator[Claim]:
    """ "f is injective", "f is odd"."""
    for found in _TRAIT.finditer(part.text, start, end):
        before = part.text[start : found.start()].lower()
        after = part.text[found.end() : found.end() + 30]
        if found["name"] != question.function or _UNCLAIMED.search(before):
            continue
        if question.source not in ("real", "rational", "integer") and found["trait"] in ("odd", "even"):
            continue
        if re.match(r"\W*(?:or|and|if|when|on|for|in)\b", after):
            continue
        x, y, f = Sym("x"), Sym("y"), Sym(question.function)
        relation = _TRAITS[found["trait"]](lambda a: app("call", f, a), x, y)  # noqa: B023
        used = tuple(sorted(free_symbols(relation)))
        yield Claim(
            span=Span(part.step, found.start(), found.end()), text=found.group(),
            formula=claim_of(question, (relation,), extra=used),
        )  # fmt: skip


_UNCLAIMED: Final = re.compile(r"\b(?:if|whether|show|prove|that|not|check|or)\b\W*$")
_TRAITS: Final = {
    "injective": lambda f, x, y: app("implies", app("eq", f(x), f(y)), app("eq", x, y)),
    "one-to-one": lambda f, x, y: app("implies", app("eq", f(x), f(y)), app("eq", x, y)),
    "odd": lambda f, x, y: app("eq", f(app("neg", x)), app("neg", f(x))),
    "even": lambda f, x, y: app("eq", f(app("neg", x)), f(x)),
    "constant": lambda f, x, y: app("eq", f(x), f(y)),
    "additive": lambda f, x, y: app("eq", f(app("add", x, y)), app("add", f(x), f(y))),
    "multiplicative": lambda f, x, y: app("eq", f(app("mul", x, y)), app("mul", f(x), f(y))),
}
