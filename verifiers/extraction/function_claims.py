"""What an answer says of the unknown function of a question.

Three sorts of claims: a function offered as a solution, put into the equation; the functions named as all there are,
and values of the unknown one; and equations on the way that are said to hold for all values of the question's letters.
Of the last only those count that stand before anything was supposed: behind "assume f is not constant" or "case 2" a
function that meets the question alone proves nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from verifiers.claims import Claim, Context, Domain, FunctionalEquation, Identity, Span
from verifiers.expr import Apply, Const, Expr, Num, Sym, app, free_symbols, heads, num, substitute
from verifiers.extraction.boxes import boxed
from verifiers.extraction.document import Chain, Document, Mood, Part, Sentence
from verifiers.extraction.functional import UNFIT, Posed, called, calls_of, posed
from verifiers.extraction.functions import Function, unfolded
from verifiers.extraction.moods import without_operations
from verifiers.extraction.solutions import closed
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
_DERIVED: Final = re.compile(
    r"(?:get|gets|have|has|obtain\w*|giv\w+|yield\w*|becom\w+|simplif\w+(?: to)?|so|thus|hence|therefore|conclud\w+"
    r"|find|follows?(?: that)?|implies|imply|means|reduces?(?: to)?|shows?|deduce|that|obtain|is|equation"
    r"|rewrit\w+(?: as)?)"
    r"[\s:,$\\(\[]*(?:\\\[)?\s*$"
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


def find(document: Document) -> Iterator[Claim | Remark]:
    """Claims about the unknown function of the question, where there is one."""
    question = posed(document.question)
    if question is None:
        return
    if _FINDING.search(document.question.text):
        yield from _final(document, question)
        yield from _accepted(document, question)
    yield from _asked_value(document, question)
    for count, claim in enumerate(_on_the_way(document, question)):
        if count == _MOST_CLAIMS:
            break
        yield claim


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
    formula = _formula(question, alternatives, constants=_constants(bodies), extra=(variable,))
    return Claim(span=span, text=part.text[span.start : span.end], formula=formula)


def _formula(
    question: Posed, alternatives: tuple[Expr, ...], constants: tuple[str, ...] = (), extra: tuple[str, ...] = ()
) -> FunctionalEquation:
    domains = (*question.domains, *((name, question.source) for name in extra if name not in question.letters))
    return FunctionalEquation(
        function=question.function, source=question.source, target=question.target, conditions=question.conditions,
        alternatives=alternatives, constants=constants, traits=question.traits,
        context=Context(domains=domains, givens=question.restrictions),
    )  # fmt: skip


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
        if last is None or value is None or last.mood is not Mood.ASSERTED or not _DERIVED.search(last.lead):
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
    yield Claim(span=span, text=part.text[span.start : span.end], formula=_formula(question, alternatives))


# On the way.


def _on_the_way(document: Document, question: Posed) -> Iterator[Claim]:
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
                derived = _DERIVED.search(chain.lead) is not None or (told and not chain.lead.strip(" \n$\\[](),&."))
                told = relation is not None and derived
                if relation is None:
                    continue
                used = free_symbols(relation)
                if (derived or not used) and not used & bound and len(used & alike) < 2:
                    yield Claim(
                        span=Span(part.step, chain.start, chain.end), text=part.text[chain.start : chain.end],
                        formula=_formula(question, (relation,)),
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
            formula=_formula(question, (relation,), extra=used),
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
