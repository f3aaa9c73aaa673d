"""A question read whole: what is given, over which domains, and what is asked.

Every clause has to be understood. One that is not makes the question no problem of ours, since it may be the one
that changes the result.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.claims import Context
from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols
from verifiers.extraction.results.asking import Reader
from verifiers.extraction.results.bare import delimited
from verifiers.extraction.results.bases import base_asked, converted
from verifiers.extraction.results.chosen import chosen
from verifiers.extraction.results.conditions import both
from verifiers.extraction.results.dice import rolled
from verifiers.extraction.results.figures import whole_question
from verifiers.extraction.results.operations import as_functions
from verifiers.extraction.results.percents import amounts, percents
from verifiers.extraction.results.picked import picked
from verifiers.extraction.results.recursion import put_in
from verifiers.extraction.results.skeleton import Skeleton, skeleton
from verifiers.notation.reading import Unread, read

Unit: TypeAlias = Literal["", "degree", "percent", "money"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """`readings` are the trees asked for, one for each way the words can be taken; `context` is what is given."""

    readings: tuple[Expr, ...]
    context: Context
    rounded: bool = False
    """An approximate or rounded answer is asked for."""
    grid: Fraction | None = None
    """The unit that the answer is to be rounded to, where it is named."""
    percent: bool = False
    """A number of percent is asked for, in words that were not understood as such."""
    base: int | None = None
    """The base that the result is to be written in, where one is named."""
    unit: Unit = ""
    """What a result may be written in: degrees, percent, money."""


FORMAT: Final = re.compile(
    r"(?:please )?(?:express|give|write|enter|state|leave|round|simplify|put|list|present|report)(?: all)?(?: of)? "
    r"(?:your|the|any|all|that|each)? ?(?:final )?(?:answers?|values?|solutions?|results?|fractions?|it)\b"
    r"|enter all (?:the )?(?:solutions|possible values|answers|values)|round to the nearest"
    r"|\(?note:? that the answer|you may use a calculator|answer to the nearest|assume all|give an exact answer"
)
_ROUNDED: Final = re.compile(r"round|nearest|approximat|estimate|closest|significant")
_GRID: Final = re.compile(
    r"(?:(?:express|give|round|write|enter) (?:your|the) (?:final )?answer (?:as a decimal )?(?:rounded )?"
    r"|answer |round )to the nearest (integer|whole number|tenth|hundredth|thousandth|one)"
)
_UNITS: Final = {"tenth": "1/10", "hundredth": "1/100", "thousandth": "1/1000"}
_PERCENT: Final = re.compile(
    r"what percent|percentage|(?:as|in) (?:a )?percent|percent (?:increase|decrease|change|more|less)"
)
_BARE: Final = re.compile(r"\s*([-+*/^()\d.\s]{3,1000})=\s*\??\s*")
"""`((2 + 3) * 4) =` and nothing else."""


def read_problem(question: str) -> Problem | None:
    """The question as a problem, or None where any clause of it is not understood."""
    if (bare := _BARE.fullmatch(question)) is not None:
        asked = read(bare.group(1))
        return None if isinstance(asked, Unread) else Problem(readings=(asked,), context=Context())
    text = skeleton(as_functions(delimited(question)))
    if text is None or not text.sentences or len(text.sentences) > 8 or any(len(s) > 400 for s in text.sentences):
        return None
    plain = [s for s in text.sentences if not FORMAT.match(s) or s.startswith("simplify")]
    rounded = any(_ROUNDED.search(sentence) for sentence in text.sentences)
    grid = _grid(text.sentences)
    percent = any(_PERCENT.search(sentence) for sentence in text.sentences)
    words = " // ".join(plain)
    base = next((b for s in text.sentences if s not in plain and (b := base_asked(s, text))), None)
    if (numeral := converted(words, text)) is not None:
        return Problem(readings=numeral[:1], context=Context(), base=numeral[1])
    if found_whole := _whole(words, text):
        if found_whole.unit == "percent" and rounded:
            return None
        return msgspec.structs.replace(found_whole, rounded=rounded, grid=grid, base=base)
    reader = Reader(text)
    value = reader.values.one
    if found := chosen(words, text, value) or rolled(words, text, value) or picked(words, text, value):
        return Problem(readings=tuple(found), context=Context(), rounded=rounded, grid=grid, percent=percent)
    for sentence in text.sentences:
        if FORMAT.match(sentence) and not (not reader.readings and sentence.startswith("simplify")):
            continue
        if not reader.sentence(sentence):
            return None
    given = reader.recursion
    asked_for = reader.readings if given is None else [put_in(reading, given) for reading in reader.readings]
    inverted = [_inverses(reading, reader) for reading in asked_for]
    readings = [_completed(reading, reader) for reading in inverted]
    if not readings or None in readings:
        return None
    context = Context(
        functions=tuple((name, letters, body) for name, (letters, body) in reader.functions.items()),
        givens=tuple(reader.givens),
        domains=tuple(reader.domains.items()),
    )
    return Problem(
        readings=tuple(reading for reading in readings if reading is not None),
        context=context,
        rounded=rounded,
        grid=grid,
        percent=percent,
        base=base,
    )


def _whole(words: str, text: Skeleton) -> Problem | None:
    """A question of a known wording from end to end."""
    if readings := whole_question(words, text):
        return Problem(readings=readings, context=Context(), unit="degree" if "angle" in words else "")
    if readings := percents(words, text):
        return Problem(readings=readings, context=Context(), unit="percent")
    if readings := amounts(words, text):
        return Problem(readings=readings, context=Context(), unit="money")
    return None


def _grid(sentences: Sequence[str]) -> Fraction | None:
    """Of a question that has one word about rounding, in a sentence of its own."""
    found = [sentence for sentence in sentences if _ROUNDED.search(sentence)]
    match = _GRID.fullmatch(found[0]) if len(found) == 1 else None
    return None if match is None else Fraction(_UNITS.get(match.group(1), "1"))


def _inverses(tree: Expr, reader: Reader) -> Expr:
    """`f^{-1}(4)` as a letter t under f(t) = 4."""
    if not isinstance(tree, Apply):
        return tree
    args = tuple(_inverses(argument, reader) for argument in tree.args)
    if tree.head == "call" and isinstance(tree.args[0], Apply) and tree.args[0].head == "inverse" and len(args) == 2:
        function = tree.args[0].args[0]
        if isinstance(function, Sym) and function.name in reader.functions:
            letter = Sym(f"t_{len(reader.givens)}")
            reader.givens.append(app("eq", app("call", function, letter), args[1]))
            return letter
    return Apply(tree.head, args)


def _completed(tree: Expr, reader: Reader) -> Expr | None:
    """Sets of the values of a letter that is restricted elsewhere in the question, with these restrictions put in."""
    if not isinstance(tree, Apply):
        return tree
    if tree.head == "such_that":
        variable, restriction = tree.args
        letters = free_symbols(variable)
        own = [given for given in reader.givens if letters & free_symbols(given)]
        if any(not free_symbols(given) <= letters for given in own):
            return None
        if not isinstance(variable, Sym):
            own += [made for name in sorted(letters) for made in _domain(name, reader, restriction)]
        bare = isinstance(restriction, Apply) and restriction.head == "in"
        if not own:
            return None if bare else tree
        return app("such_that", variable, both(restriction, *own))
    arguments = [_completed(argument, reader) for argument in tree.args]
    return None if None in arguments else Apply(tree.head, tuple(a for a in arguments if a is not None))


_SETS: Final = {"integer": "integers", "natural": "naturals", "prime": "primes"}


def _domain(name: str, reader: Reader, restriction: Expr) -> list[Expr]:
    """What the question says elsewhere of the sort of a letter of a tuple."""
    said = _SETS.get(reader.domains.get(name, ""))
    parts = restriction.args if isinstance(restriction, Apply) and restriction.head == "and" else (restriction,)
    if said is None or any(isinstance(p, Apply) and p.head == "in" and p.args[0] == Sym(name) for p in parts):
        return []
    return [app("in", Sym(name), Const(said))]
