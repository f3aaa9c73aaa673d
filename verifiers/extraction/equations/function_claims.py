"""What an answer says of the unknown function of a question.

Three sorts of claims: a function offered as a solution, put into the equation; the functions named as all there are,
and values of the unknown one; and what is said of it on the way (`function_steps`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from verifiers.claims import Claim, Context, Domain, Identity, Span
from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, heads, num, substitute
from verifiers.extraction.document import Chain, Document, Mood, Part
from verifiers.extraction.equations.function_questions import UNFIT, Posed, posed
from verifiers.extraction.equations.function_steps import DERIVED, claim_of, on_the_way
from verifiers.extraction.equations.offered import closed
from verifiers.extraction.meaning.functions import Function, called, calls_of, unfolded
from verifiers.extraction.reading.boxes import boxed
from verifiers.notation.reading import Options, Unread, read
from verifiers.verdicts import Remark

_FINDING: Final = re.compile(
    r"\b(?:find|determine|describe|what are)\b[^.?]{0,30}\b(?:all|every|the)\b[^.?]{0,40}"
    r"\b(?:functions?|polynomials?)\b",
    re.IGNORECASE,
)
_ACCEPTED: Final = re.compile(
    r"\b(?:(?:is|are) (?:indeed |also |therefore |thus )?(?:an? |the |another )?(?:valid )?solutions?\b"
    r"|satisf(?:y|ies) (?:the |our |this |all (?:the |of the )?)?(?:given |original |functional |above )*"
    r"(?:equation|condition|relation|requirement)s?|indeed works?|(?:the |only |possible )+(?:functions?|solutions?)"
    r"|works? for all)\b"
)
_DOUBTED: Final = re.compile(
    r"\b(?:if|suppose|assum\w+|check\w*|verif\w+|whether|try|trying|not|let|would|could|might|must|candidates?|should"
    r"|need|test\w*|show|see|possible|consider|cannot|case|when|where|unless|either|some|may)\b|n't"
)


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims about the unknown function of the question, where there is one."""
    question = posed(document.question)
    if question is None:
        return
    if _FINDING.search(document.question.text):
        yield from _final(document, question)
        yield from _accepted(document, question)
    yield from _asked_value(document, question)
    yield from islice(on_the_way(document, question), _MOST_CLAIMS)


# Functions offered.


def _final(document: Document, question: Posed) -> Iterator[Claim]:
    for part in reversed(document.steps[-2:]):
        box = boxed(part.text)
        if box is not None:
            trees = [read(text, Options(syntax="latex")) for text in box.texts]
            bodies = _bodies([t for t in trees if not isinstance(t, Unread)], question)
            if len(bodies or ()) < len(trees) or not bodies:
                return
            span = Span(part.step, box.start, box.end)
            formula = _put_in(bodies, question, document)
            if formula is not None:
                yield Claim(span=span, text=part.text[box.start : box.end], formula=formula)
            sentence = next((s for s in part.sentences if s.start <= box.start < s.end), None)
            start, end = (sentence.start, sentence.end) if sentence else (box.start, box.end)
            if (start, end) == (box.start, box.end):
                start += 1
            if not _EXAMPLE.search(part.text[start:end].lower()):
                yield _all_there_are(bodies, question, Span(part.step, start, end), part)
            return
    if not document.steps:
        return
    part = document.steps[-1]
    for index, sentence in enumerate(part.sentences):
        words = part.text[sentence.start : sentence.end].lower()
        if not _ONLY.search(words) or _DOUBTED.search(_without(words)):
            continue
        chains = [c for c in part.chains if c.sentence == index and c.relations and c.mood is Mood.ASSERTED]
        found = _bodies([_as_relation(c) for c in chains if _is_offer(c, question)], question)
        if found and len(found) == len(chains):
            yield _all_there_are(found, question, Span(part.step, sentence.start, sentence.end), part)


_MOST_CLAIMS: Final = 24
_EXAMPLE: Final = re.compile(r"\b(?:one|an example|for example|e\.g\.|including|such as)\b")
_ONLY: Final = re.compile(r"\b(?:only|unique) (?:possible )?(?:functions?|solutions?)\b|\ball (?:the )?solutions are\b")


def _without(words: str) -> str:
    return re.sub(r"\b(?:that satisf\w+|possible|where)\b", " ", words)


def _as_relation(chain: Chain) -> Expr:
    first, last = chain.terms[0].expr, chain.terms[-1].expr
    return app("eq", first, last) if first is not None and last is not None else num(0)


def _is_offer(chain: Chain, question: Posed) -> bool:
    """`f(x) = body`."""
    first, last = chain.terms[0].expr, chain.terms[-1].expr
    return (
        set(chain.relations) == {"eq"}
        and isinstance(first, Apply) and first.head == "call" and first.args[0] == Sym(question.function)
        and len(first.args) == 2 and isinstance(first.args[1], Sym) and last is not None and not called(last)
    )  # fmt: skip


def _bodies(trees: Sequence[Expr], question: Posed) -> list[Function] | None:
    """The functions that the trees name; None where one is no function of one letter and constants."""
    found: list[Function] = []
    for tree in trees:
        if isinstance(tree, Apply) and tree.head in ("or", "and", "list", "set"):
            inner = _bodies(tree.args, question)
            if inner is None:
                return None
            found += inner
            continue
        letter = ""
        if isinstance(tree, Apply) and tree.head == "eq":
            first, tree = tree.args
            if not (isinstance(first, Apply) and first.head == "call" and first.args[0] == Sym(question.function)):
                return None
            if len(first.args) != 2 or not isinstance(first.args[1], Sym):
                return None
            letter = first.args[1].name
        used = free_symbols(tree)
        variables = sorted(used & (question.letters | {"x", "n", "t"}))
        if not letter:
            letter = variables[0] if variables else "x"
        if set(variables) - {letter} or called(tree) or not _is_number(tree) or heads(tree) & UNFIT:
            return None
        found.append(Function(letter, tree))
    return found


def _is_number(expr: Expr) -> bool:
    return closed(substitute(expr, {name: num(1) for name in free_symbols(expr)}))


def _constants(bodies: Sequence[Function]) -> tuple[str, ...]:
    return tuple(sorted({name for f in bodies for name in free_symbols(f.body) - {f.letter}}))


def _put_in(bodies: Sequence[Function], question: Posed, document: Document) -> Identity | None:
    """That every function offered satisfies every condition."""
    constants = _constants(bodies)
    if set(constants) & question.letters or any(_bound(c, document) for c in constants):
        return None
    relations: list[Expr] = []
    givens: list[Expr] = list(question.restrictions)
    for body in bodies:
        functions: Mapping[str, Function] = {question.function: body}
        for condition in question.conditions:
            relations.append(unfolded(condition, functions))
            for call in calls_of(condition, question.function):
                place = _within(unfolded(call.args[1], functions), question.source)
                if place is not None and place not in givens:
                    givens.append(place)
    domain: Domain = question.target if question.target != "natural" else "natural"
    context = Context(domains=(*question.domains, *((c, domain) for c in constants)), givens=tuple(givens))
    relation = relations[0] if len(relations) == 1 else Apply("and", tuple(relations))
    return Identity(relation=relation, context=context)


def _within(argument: Expr, source: Domain) -> Expr | None:
    """That the function is defined there, where it need not be."""
    if isinstance(argument, Sym | Num) or source == "real":
        return None
    if source in ("positive", "nonnegative"):
        return app("gt" if source == "positive" else "ge", argument, num(0))
    return app("in", argument, Const(f"{source}s"))


def _bound(constant: str, document: Document) -> bool:
    """Whether the answer says anywhere which values the constant has."""
    for part in document.steps:
        for chain in part.chains:
            if chain.relations and Sym(constant) in (chain.terms[0].expr, chain.terms[-1].expr):
                return True
    return False


def _all_there_are(bodies: Sequence[Function], question: Posed, span: Span, part: Part) -> Claim:
    variable = min(question.letters, default="x") if "x" not in question.letters else "x"
    alternatives = tuple(
        app("eq", app("call", Sym(question.function), Sym(variable)), substitute(f.body, {f.letter: Sym(variable)}))
        for f in bodies
    )
    formula = claim_of(question, alternatives, constants=_constants(bodies), extra=(variable,))
    return Claim(span=span, text=part.text[span.start : span.end], formula=formula)


def _accepted(document: Document, question: Posed) -> Iterator[Claim]:
    """ "f(x) = x + 1 satisfies the equation"."""
    for part in document.steps:
        for chain in part.chains:
            if not _is_offer(chain, question) or chain.mood is not Mood.ASSERTED:
                continue
            sentence = part.sentences[chain.sentence]
            words = part.text[sentence.start : sentence.end].lower()
            if len(words) > 400 or not _ACCEPTED.search(words) or _DOUBTED.search(_without(words)):
                continue
            if any(c.sentence == chain.sentence and c.relations and not _is_offer(c, question) for c in part.chains):
                continue
            bodies = _bodies([_as_relation(chain)], question)
            formula = _put_in(bodies, question, document) if bodies else None
            if formula is not None:
                span = Span(part.step, chain.start, chain.end)
                yield Claim(span=span, text=part.text[chain.start : chain.end], formula=formula)


# Values asked for.


def _asked_value(document: Document, question: Posed) -> Iterator[Claim]:
    """The boxed value of `f(9)`."""
    wanted = [
        c for c in question.asked
        if c.terms[0].expr is not None and question.function in called(c.terms[0].expr)
        and not free_symbols(c.terms[0].expr)
    ]  # fmt: skip
    if len(wanted) != 1 or not document.steps:
        return
    target = wanted[0].terms[0].expr
    before = document.question.text[: wanted[0].start].lower()[-80:]
    if target is None or re.search(r"number of|sum of|product of|how many|in terms of|average", before):
        return
    part = document.steps[-1]
    box = boxed(part.text)
    trees = [read(text, Options(syntax="latex")) for text in box.texts] if box is not None else []
    values: list[Expr] = []
    for tree in trees:
        if isinstance(tree, Unread):
            return
        side = tree.args[1] if isinstance(tree, Apply) and tree.head == "eq" else tree
        values += side.args if isinstance(side, Apply) and side.head in ("list", "set") else (side,)
    if box is None:
        last = next((c for c in reversed(part.chains) if c.terms[0].expr == target and c.relations == ("eq",)), None)
        value = last.terms[1].expr if last is not None else None
        if last is None or value is None or last.mood is not Mood.ASSERTED or not DERIVED.search(last.lead):
            return
        values, place = [value], (last.start, last.end)
    else:
        place = (box.start, box.end)
    if not values or not all(closed(v) for v in values):
        return
    relation = "eq"
    if re.search(r"\b(?:largest|greatest|maximum|max\w*)\b", before):
        relation = "le"
    elif re.search(r"\b(?:smallest|least|minimum|min\w*)\b", before):
        relation = "ge"
    alternatives = tuple(app(relation, target, value) for value in values)
    if len(alternatives) > 1 and "possible" not in before:
        return
    span = Span(part.step, *place)
    yield Claim(span=span, text=part.text[span.start : span.end], formula=claim_of(question, alternatives))
