"""Files with premises and a conclusion: lines of first-order notation, our JSON, SMT-LIB.

Lines: one sentence each, `#` begins the words it is known by; the conclusion stands behind `therefore`, `∴` or `⊢`, or
on the line after one of these.

    ∀x (Poet(x) → Dreamer(x))      # All poets are dreamers.
    Poet(arun)                     # Arun is a poet.
    therefore Dreamer(arun)

JSON: `{"premises": […], "conclusion": …}`, each sentence a string or `{"formula": …, "text": …}`; optionally
`"sorts": {"seat": [1, 2, 3], "person": ["Arun", "Bela"]}` and `"symbols": {"Arun": ["seat"], "Poet": ["person",
"bool"]}` (arguments, then result; `{"type": ["seat"], "words": "seat {}"}` says how a value reads), `"axioms": […]`,
`"modality": "is" | "must" | "can"`. Without symbols each name is what its use makes it.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from verifiers.expr import Expr, Sym, num
from verifiers.logic.notation import Fault, mend_sentence
from verifiers.logic.problems import MOST_STATEMENTS, Problem, Statement, untyped
from verifiers.logic.signature import LogicError, Signature, Sort, Symbol
from verifiers.logic.smtlib import read_script
from verifiers.logic.typing import fault

Modality: TypeAlias = Literal["is", "must", "can"]


class Document(msgspec.Struct, frozen=True):
    """What a file says. Without conclusion it asks whether its premises are consistent."""

    problem: Problem
    conclusion: Statement | None = None
    modality: Modality = "is"
    mended: tuple["Place", ...] = ()


class Place(msgspec.Struct, frozen=True):
    """What is wrong, or was mended, in a file, and where (1-based; column 0 is the whole line)."""

    message: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.message}"


_THEREFORE: Final = re.compile(r"\s*(?:therefore|hence|conclusion\s*:|∴|⊢|\|-)[\s,:]*", re.IGNORECASE)
_RULE: Final = re.compile(r"\s*[-─—]{3,}\s*")


def read_lines(text: str) -> Document | tuple[Place, ...]:
    """The document of one sentence a line, or everything that is wrong with it."""
    wrong: list[Place] = []
    mended: list[Place] = []
    premises: list[Statement] = []
    conclusion: Statement | None = None
    concluding = False
    for number, line in enumerate(text.splitlines(), 1):
        sentence, _, words = line.partition("#")
        if not sentence.strip():
            continue
        offset = 0
        if _RULE.fullmatch(sentence):
            concluding = True
            continue
        if match := _THEREFORE.match(sentence):
            concluding, offset = True, match.end()
            if not sentence[offset:].strip():
                continue
        if conclusion is not None:
            wrong.append(Place("there is a conclusion already", number))
            continue
        if len(premises) >= MOST_STATEMENTS:
            wrong.append(Place(f"more than {MOST_STATEMENTS} premises", number))
            break
        read = mend_sentence(sentence[offset:])
        if isinstance(read, Fault):
            wrong.append(Place(read.message, number, offset + read.position + 1))
            continue
        mended.extend(Place(f.message, number, offset + f.position + 1) for f in read.mended)
        statement = Statement(read.expr, words.strip() or sentence[offset:].strip())
        if concluding:
            conclusion = statement
        else:
            premises.append(statement)
    if wrong:
        return tuple(wrong)
    if not premises and conclusion is None:
        return (Place("no sentence found", 1),)
    return _untyped(premises, conclusion, "is", tuple(mended))


def read_json(text: str) -> Document | tuple[Place, ...]:
    """The document of our JSON form, or what is wrong with it."""
    try:
        form = msgspec.json.decode(text, type=_Form)
    except msgspec.DecodeError as error:
        return (_decoding(text, error),)
    except RecursionError:
        return (Place("nested too deep", 1),)
    sentences: list[Statement] = []
    wrong: list[Place] = []
    mended: list[Place] = []
    given = [*form.premises, *form.axioms, *([form.conclusion] if form.conclusion is not None else [])]
    if len(given) > MOST_STATEMENTS:
        return (Place(f"more than {MOST_STATEMENTS} sentences", 1),)
    for sentence in given:
        written = sentence if isinstance(sentence, _Written) else _Written(sentence)
        read = mend_sentence(written.formula)
        line = text[: max(text.find(written.formula), 0)].count("\n") + 1
        if isinstance(read, Fault):
            wrong.append(Place(f"{written.formula!r}: {read}", line))
            continue
        mended.extend(Place(f"{written.formula!r}: {f}", line) for f in read.mended)
        sentences.append(Statement(read.expr, written.text or written.formula))
    if wrong:
        return tuple(wrong)
    conclusion = sentences.pop() if form.conclusion is not None else None
    premises, axioms = sentences[: len(form.premises)], sentences[len(form.premises) :]
    if not form.symbols and not form.sorts:
        return _untyped([*premises, *axioms], conclusion, form.modality, tuple(mended))
    signature = Signature(
        tuple(Sort(name, tuple(_element(e) for e in elements)) for name, elements in form.sorts.items()),
        tuple(_symbol(name, declared) for name, declared in form.symbols.items()),
    )
    problem = Problem(signature, tuple(premises), tuple(axiom.sentence for axiom in axioms))
    return _checked(Document(problem, conclusion, form.modality, tuple(mended)))


def read_smtlib(text: str) -> Document | tuple[Place, ...]:
    """The document of an SMT-LIB script, or what is wrong with it."""
    script = read_script(text)
    if isinstance(script, Fault):
        before = text[: script.position]
        column = script.position - (before.rfind("\n") + 1) + 1
        return (Place(script.message, before.count("\n") + 1, column),)
    return _checked(Document(script.problem, script.conclusion))


Reader: TypeAlias = Callable[[str], Document | tuple[Place, ...]]

READERS: Final[dict[str, Reader]] = {".json": read_json, ".smt2": read_smtlib}
"""By the end of a file's name; any other file holds lines."""


def read_document(text: str, suffix: str = "") -> Document | tuple[Place, ...]:
    """The document, or all that is wrong with it, by the end of the file's name; without one, by its first sign."""
    begins = text.lstrip()[:1]
    guessed = {"{": ".json", "(": ".smt2" if re.match(r"\s*\((?:set|declare|define|assert)-?", text) else ""}.get(
        begins, ""
    )
    return READERS.get(suffix or guessed, read_lines)(text)


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    formula: str
    text: str = ""


class _Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: list[str]
    words: str = ""


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    premises: list[str | _Written]
    conclusion: str | _Written | None = None
    axioms: list[str | _Written] = []
    sorts: dict[str, list[str | int]] = {}
    symbols: dict[str, list[str] | _Declared] = {}
    modality: Modality = "is"


def _symbol(name: str, declared: list[str] | _Declared) -> Symbol:
    kinds, words = (declared.type, declared.words) if isinstance(declared, _Declared) else (declared, "")
    return Symbol(name, tuple(kinds[:-1]), kinds[-1] if kinds else "", words)


def _element(element: str | int) -> Expr:
    return Sym(element) if isinstance(element, str) else num(element)


def _untyped(
    premises: Sequence[Statement], conclusion: Statement | None, modality: Modality, mended: tuple[Place, ...]
) -> Document | tuple[Place, ...]:
    try:
        problem, conclusions = untyped(premises, *([conclusion] if conclusion is not None else []))
    except LogicError as error:
        return (Place(str(error), 1),)
    return _checked(Document(problem, conclusions[0] if conclusions else None, modality, mended))


def _checked(document: Document) -> Document | tuple[Place, ...]:
    wrong = document.problem.fault()
    if not wrong and document.conclusion is not None:
        wrong = fault(document.conclusion.sentence, document.problem.signature)
    return (Place(wrong, 1),) if wrong else document


def _decoding(text: str, error: msgspec.DecodeError) -> Place:
    """msgspec names the byte of malformed JSON, and the path of a wrong value."""
    match = re.search(r"\(byte (\d+)\)", str(error))
    if match is None:
        return Place(str(error), 1)
    before = text.encode("utf-8", "replace")[: int(match.group(1))].decode("utf-8", "replace")
    return Place(str(error)[: match.start()].strip(), before.count("\n") + 1, len(before) - before.rfind("\n"))
