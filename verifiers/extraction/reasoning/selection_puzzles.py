"""Who is chosen: "a team of three is to be chosen from A, B, C, D, E and F; if A is chosen, B must be chosen".

Read whole or not at all, like arrangements; a team of so many has just so many.
"""

import re
from functools import lru_cache
from itertools import combinations
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.reasoning.groups import GROUP, Grouped, conj, disj, eq, opposite
from verifiers.extraction.reasoning.names import Names
from verifiers.extraction.reasoning.puzzle_text import HARMLESS, sentences_of
from verifiers.extraction.reasoning.skeletons import CARDINAL, skeleton
from verifiers.extraction.reasoning.verbs import Modality, meaning
from verifiers.logic.problems import Problem, Statement
from verifiers.logic.signature import Signature, Sort, Symbol

CHOSEN: Final = Sym("chosen")
_LEFT_OUT: Final = Sym("left out")
_LONGEST: Final = 4_000
_MOST: Final = 10
_PROPER: Final = r"[A-Z][\w’'-]*"
_LIST: Final = rf"{_PROPER}(?:, {_PROPER})+,? (?:and|&) {_PROPER}"
_MANY: Final = r"(?P<many>\d|" + "|".join(CARDINAL) + ")"
_KIND: Final = r"(?P<kind>team|committee|group|panel|delegation|squad|crew)"
_SETTINGS: Final = (
    re.compile(
        rf"\b[Aa] {_KIND} of (?:exactly )?{_MANY}(?: (?:members|people|persons|players|students|friends))? "
        rf"(?:is|has|must|needs|will)(?: to)? be (?:chosen|selected|formed|picked) (?:from|out of)(?: among)?"
        rf"(?: [a-z ]{{1,40}}?)?[,:]? ?(?P<list>{_LIST})\s*[.:;]"
    ),
    re.compile(
        rf"\b(?:From|Out of|From among)(?: [a-z ]{{1,40}}?)?[,:]? ?(?P<list>{_LIST}),? a {_KIND}"
        rf" of (?:exactly )?{_MANY}"
        rf"(?: (?:members|people|persons|players|students|friends))? (?:is|has|must|needs|will)(?: to)? be"
        r" (?:chosen|selected|formed|picked)\s*[.:;]"
    ),
)
_STATE: Final = (
    r"(?:chosen|selected|picked|included|taken|in N|on N|part of N|members? of N|in|out)(?: for N| to N| in N)?"
)
_MODAL: Final = (
    r"(?:(?P<modal>must not|must|has to|have to|needs to|cannot|could not|can|could|may|might|will not|will) be"
    r"|(?P<is>is|are|was|were)(?P<not> not)?)"
)
_SAID: Final = re.compile(rf"(?P<who>{GROUP}) {_MODAL}(?: also)? (?P<state>{_STATE})(?P<together> together)?")
_NOT_BOTH: Final = re.compile(
    rf"(?P<who>{GROUP}) (?:(?:cannot|must not|may not|can never|are not to) (?:both|all) be|are not both) {_STATE}"
    rf"|(?P<who2>{GROUP}) (?:cannot|must not|can never) be {_STATE} together"
    rf"|not both of (?P<who3>{GROUP}) (?:can|may|are)(?: be)? {_STATE}"
)
_AMONG: Final = re.compile(
    rf"(?P<how>exactly|at least|at most|only) (?P<many>\d+) of (?P<who>{GROUP}) (?:is|are|must be|has to be|can be"
    rf"|will be) {_STATE}"
)
_EITHER: Final = re.compile(
    rf"either (?P<a><\d+>) or (?P<b><\d+>) (?:is|must be|has to be|will be) {_STATE}(?P<not>,? but not both)?"
)
_WITH: Final = re.compile(rf"(?P<a><\d+>) (?:cannot|must not|can never) be {_STATE} (?P<how>without|with) (?P<b><\d+>)")
_TEAM: Final = re.compile(
    rf"(?:final |only |chosen |selected )?N (?P<verb>is|must be|consists of|must consist of|will be|has to be):?"
    rf" (?P<who>{GROUP})"
)
_APART: Final = re.compile(r",? (?:and|but) (?=<\d+> (?:is|must|cannot|can|will)\b)")
_ASKS: Final = re.compile(r"\?\W*$|^(?:who|which|what|find|determine|how)\b", re.IGNORECASE)


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What a clause says. `convention` is what a stronger reading of it adds: that "or" leaves out both."""

    sentence: Expr
    modality: Modality = "is"
    convention: tuple[Expr, ...] = ()


class Selection(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """`unread` is the first sentence that was not understood."""

    names: tuple[str, ...]
    many: int
    kind: str
    premises: tuple[Statement, ...] = ()
    convention: tuple[Expr, ...] = ()
    unread: str = ""

    def problem(self) -> Problem:
        sort = Sort("choice", (CHOSEN, _LEFT_OUT))
        symbols = tuple(Symbol(name, (), "choice") for name in self.names)
        team = Statement(self._so_many(), f"{self.many} are chosen")
        return Problem(Signature((sort,), symbols), (team, *self.premises))

    def _so_many(self) -> Expr:
        """Of any one more than `many` somebody is left out, of any as many as leave too few somebody is chosen."""
        terms = [self.term(k) for k in range(len(self.names))]
        over = [disj([opposite(t) for t in some]) for some in combinations(terms, self.many + 1)]
        under = [disj(some) for some in combinations(terms, len(terms) - self.many + 1)]
        return conj([*over, *under])

    def term(self, index: int) -> Expr:
        return eq(Sym(self.names[index]), CHOSEN)

    def level(self, text: str) -> str:
        mentions = Names(self.names, proper=True).mentions(text)
        return skeleton(text, mentions, frozenset({"team", "committee", "group", self.kind}))

    def read(self, levelled: str) -> Chosen | None:
        """A clause read to its last word, None where it is none of these."""
        text = levelled.strip(" .;,")
        return self._conditional(text) or self._together(text) or self._plain(text)

    def _conditional(self, text: str) -> Chosen | None:
        for pattern, turned in (
            (r"if (?P<a>.+?),? then (?P<b>.+)", False), (r"(?:if|when|whenever) (?P<a>[^,]+), (?P<b>.+)", False),
            (r"(?P<b>.+?) only (?:if|when) (?P<a>.+)", True), (r"(?P<b>.+?),? (?:if|when|whenever) (?P<a>.+)", False),
        ):  # fmt: skip
            if (found := re.fullmatch(pattern, text)) is None:
                continue
            a, b = self._inner(found["a"]), self._inner(found["b"])
            if a is None or b is None:
                return None
            pair = (b, a) if turned else (a, b)
            return Chosen(sentence=Apply("implies", pair))
        return None

    def _inner(self, text: str) -> Expr | None:
        found = self._together(text) or self._plain(text)
        return None if found is None or found.modality == "can" or found.convention else found.sentence

    def _together(self, text: str) -> Chosen | None:
        if found := _NOT_BOTH.fullmatch(text):
            who = Grouped(found["who"] or found["who2"] or found["who3"])
            if who.any or who.none:
                return None
            return Chosen(sentence=opposite(conj([self.term(k) for k in who.indices])))
        if found := _AMONG.fullmatch(text):
            return self._among(found)
        if found := _EITHER.fullmatch(text):
            a, b = self.term(int(found["a"][1:-1])), self.term(int(found["b"][1:-1]))
            not_both = opposite(conj([a, b]))
            if found["not"]:
                return Chosen(sentence=conj([disj([a, b]), not_both]))
            return Chosen(sentence=disj([a, b]), convention=(not_both,))
        if found := _WITH.fullmatch(text):
            a, b = self.term(int(found["a"][1:-1])), self.term(int(found["b"][1:-1]))
            return Chosen(sentence=Apply("implies", (a, b)) if found["how"] == "without" else opposite(conj([a, b])))
        if found := _TEAM.fullmatch(text):
            who = Grouped(found["who"])
            if who.any or who.none or len(set(who.indices)) != self.many:
                return None
            parts = [self.term(k) if k in who.indices else opposite(self.term(k)) for k in range(len(self.names))]
            return Chosen(sentence=conj(parts), modality="must" if "must" in found["verb"] else "is")
        return None

    def _among(self, found: re.Match[str]) -> Chosen | None:
        who, many = Grouped(found["who"]), int(found["many"])
        if who.any or who.none or not 0 < many <= len(who.indices) or (found["how"] == "only" and many != 1):
            return None
        terms = [self.term(k) for k in who.indices]
        over = [disj([opposite(t) for t in some]) for some in combinations(terms, many + 1)]
        under = [disj(some) for some in combinations(terms, len(terms) - many + 1)]
        parts = {"at least": under, "at most": over}.get(found["how"], [*over, *under])
        return Chosen(sentence=conj(parts)) if parts else None

    def _plain(self, text: str) -> Chosen | None:
        whole = _SAID.fullmatch(text)
        parts = [whole] if whole else [_SAID.fullmatch(part) for part in _APART.split(text)]
        read = [self._said(part) if part is not None else None for part in parts]
        if not read or any(found is None for found in read) or len({f.modality for f in read if f is not None}) != 1:
            return None
        said = [found for found in read if found is not None]
        return Chosen(sentence=conj([found.sentence for found in said]), modality=said[0].modality)

    def _said(self, found: re.Match[str]) -> Chosen | None:
        who = Grouped(found["who"])
        meant = meaning(found["modal"], denied=found["not"] is not None)
        if who.mixed or meant is None:
            return None
        modality, denied = meant
        terms = [self.term(k) for k in who.indices]
        if found["state"] == "out":
            denied = not denied
        if len(terms) > 1 and (denied or who.any):
            # "A and B cannot be chosen": neither, or not both?
            return None
        if found["together"]:
            if len(terms) != 2 or denied or modality == "can":
                return None
            return Chosen(sentence=Apply("iff", (terms[0], terms[1])), modality="is")
        if who.none:
            modality = "must" if modality == "can" else modality
            return Chosen(sentence=conj([opposite(t) for t in terms]), modality=modality)
        if denied:
            return Chosen(sentence=opposite(terms[0]), modality=modality)
        return Chosen(sentence=conj(terms), modality=modality)


@lru_cache(64)
def selection(question: str) -> Selection | None:
    """The puzzle of this kind that a question poses, None where it poses none."""
    if len(question) > _LONGEST:
        return None
    found = next((m for pattern in _SETTINGS if (m := pattern.search(question)) is not None), None)
    if found is None:
        return None
    names = tuple(re.findall(_PROPER, found["list"]))
    many = int(found["many"]) if found["many"].isdigit() else CARDINAL[found["many"]]
    if not 3 <= len(names) <= _MOST or len(set(names)) != len(names) or not 0 < many < len(names):
        return None
    posed = Selection(names=names, many=many, kind=found["kind"])
    premises: list[Statement] = []
    convention: list[Expr] = []
    for _, sentence in sentences_of(question[: found.start()] + "\n" + question[found.end() :]):
        if _ASKS.search(sentence) or HARMLESS.fullmatch(sentence.strip(" .:;!")):
            continue
        read = posed.read(posed.level(sentence))
        if read is None or read.modality == "can":
            return msgspec.structs.replace(posed, unread=sentence)
        premises.append(Statement(read.sentence, sentence.rstrip(" .;")))
        convention.extend(read.convention)
    return msgspec.structs.replace(posed, premises=tuple(premises), convention=tuple(convention))
