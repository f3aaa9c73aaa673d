"""Problems made of categorical sentences, with what exams take for granted: that there is something of every kind they
name (existential import, the classical convention). Where a question does not fix it, both ways are decided.
"""

import re
from collections.abc import Sequence
from typing import Final

from verifiers.claims import Deduction
from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.reasoning.categorical import Categorical, read
from verifiers.extraction.reasoning.terms import X
from verifiers.logic.problems import Problem, Statement, negation
from verifiers.logic.signature import BOOL, THING, Signature, Sort, Symbol

_ARTICLE: Final = re.compile(r"\{no\}an? ")
_FUNCTION_WORDS: Final = frozenset({"of", "in", "on", "at", "by", "to", "for", "with", "from", "can", "have", "be"})


def read_all(texts: Sequence[str]) -> list[Categorical | None]:
    """The sentences, those made of the terms of others ("married students") read last."""
    first = [read(text) for text in texts]
    simple = frozenset(name for found in first if found is not None for name in found.atoms)
    return [
        read(text, simple - _compounds(simple)) if found is not None else None
        for text, found in zip(texts, first, strict=True)
    ]


def _compounds(names: frozenset[str]) -> frozenset[str]:
    """Names that are two of the other names one after the other."""
    return frozenset(
        name
        for name in names
        for cut in range(1, name.count(" ") + 1)
        if " ".join(name.split()[:cut]) in names and " ".join(name.split()[cut:]) in names
    )


def deduction(
    premises: Sequence[Categorical], conclusion: Categorical, *, classical: bool, complete: bool, following: bool
) -> Deduction | None:
    """That the conclusion holds, or, `following`, that it follows. None where it is said to be possible and more may
    be given than was read.

    `complete` says that nothing of the premises was left unread: else what does not follow from them may still follow,
    and only what contradicts them is held against the author.
    """
    sentences = (*premises, conclusion)
    problem, taken = problem_of(premises, (conclusion,), classical=classical)
    exact = complete and not any(c.weakened for c in sentences) and not related(sentences)
    modality = "must" if following and conclusion.modality == "is" else conclusion.modality
    if modality == "can" and not exact:
        return None
    if modality == "must" and not exact:
        modality = "is"
    return Deduction(
        problem=problem,
        conclusion=Statement(conclusion.sentence, conclusion.text),
        modality=modality,
        convention=() if classical else taken,
    )


def problem_of(
    premises: Sequence[Categorical], others: Sequence[Categorical], *, classical: bool
) -> tuple[Problem, tuple[Expr, ...]]:
    """The premises as a problem in which `others` can be said, and what the classical convention takes for granted,
    which is among the premises where it is `classical`.
    """
    words: dict[str, str] = {}
    names: dict[str, None] = {}
    for found in (*premises, *others):
        for term in found.terms:
            for name, told in term.atoms:
                known = words.setdefault(name, told)
                if _ARTICLE.search(told) and not _ARTICLE.search(known):
                    words[name] = told
        if found.individual:
            names.setdefault(found.individual)
    symbols = (
        *(Symbol(name, (), THING) for name in names),
        *(Symbol(name, (THING,), BOOL, told) for name, told in words.items()),
    )
    given = [Statement(c.sentence, c.text) for c in premises]
    taken = tuple(_exists(name) for name in words)
    if classical:
        given += [
            Statement(sentence, f"there is something that {told.format('', no='').strip()} (taken for granted)")
            for sentence, told in zip(taken, words.values(), strict=True)
        ]
    return Problem(Signature((Sort(THING),), symbols), tuple(given)), taken


def related(sentences: Sequence[Categorical]) -> bool:
    """Whether two different terms share a word, or words of one stem ("participants", "can participate"): what one says
    of the other is in no premise, so a state of affairs in which they fall apart proves nothing.
    """
    names = sorted({name for sentence in sentences for name in sentence.atoms})
    stems = [{word[:5] for word in name.split() if word not in _FUNCTION_WORDS} for name in names]
    return any(stems[i] & stems[j] for i in range(len(stems)) for j in range(i))


def opposite(found: Categorical) -> Statement:
    return Statement(negation(found.sentence), f"not: {found.text}")


def _exists(name: str) -> Expr:
    return Apply("exists", (X, Apply("call", (Sym(name), X))))
