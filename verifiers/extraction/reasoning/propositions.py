"""Conditional sentences with whole clauses for letters: "if it rains, the match is cancelled", "I read only if I am
bored", "unless", "either … or", "if and only if".

Two clauses are one proposition when their words are the same but for tense and negation: "it rains", "it did not rain".
Anything else is another proposition, and a clause with a word that quantifies, compares or joins is none.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from verifiers.expr import Apply, Expr, Sym
from verifiers.extraction.reasoning.lemmas import singular, unmarked
from verifiers.logic.problems import Problem, Statement
from verifiers.logic.signature import Signature, Symbol


class Proposition(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence over named clauses. `convention` is what a stronger reading of it adds: that "or" leaves out both."""

    sentence: Expr
    atoms: tuple[str, ...]
    convention: tuple[Expr, ...] = ()
    text: str = ""

    @property
    def is_plain(self) -> bool:
        """A clause or its denial, not a conditional."""
        return len(self.atoms) == 1


_IRREGULAR: Final = {
    "ran": "run", "won": "win", "lost": "lose", "came": "come", "went": "go", "gone": "go", "goes": "go", "ate": "eat",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "got": "get", "made": "make", "left": "leave",
    "slept": "sleep", "read": "read", "wrote": "write", "written": "write", "fell": "fall", "fallen": "fall",
    "broke": "break", "broken": "break", "kept": "keep", "paid": "pay", "said": "say", "sang": "sing", "swam": "swim",
    "saw": "see", "seen": "see", "rose": "rise", "risen": "rise", "felt": "feel", "caught": "catch", "studied": "study",
    "rang": "ring", "met": "meet", "grew": "grow", "flew": "fly", "drove": "drive", "spoke": "speak", "sold": "sell",
    "bought": "buy", "wore": "wear", "began": "begin", "stopped": "stop", "passed": "pass",
    "had": "have", "has": "have",
}  # fmt: skip
_CONTRACTED: Final = (("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"))
_BE: Final = frozenset({"is", "are", "was", "were", "am", "be"})
_DO: Final = frozenset({"do", "does", "did"})
_NO_CLAUSE: Final = frozenset(
    {"all", "every", "each", "any", "some", "no", "none", "only", "few", "most", "many", "or", "and", "if", "unless"}
    | {"because", "since", "which", "who", "whom", "whose", "what", "when", "whenever", "while", "than", "either"}
    | {"neither", "nor", "may", "might", "could", "should", "would", "must", "always", "sometimes", "often", "usually"}
    | {"rarely", "probably", "possibly", "likely", "both", "but", "though", "although", "until", "nobody", "nothing"}
    | {"everyone", "everybody", "everything", "someone", "something", "this", "that", "these", "those", "there"}
    | {"conclude", "conclusion", "follows", "follow", "true", "false", "valid", "invalid", "statement", "premise", "we"}
    | {"implies", "means", "given", "know", "whether", "how", "why", "let", "suppose", "therefore", "hence", "thus"}
)
_NAME: Final = re.compile(
    r"(?:^|\b(?:[Ii]f|[Uu]nless|[Ww]hen(?:ever)?|[Ee]ither|or|then) |, )([A-Z][a-z]+)\b"
    r"(?= (?:is|was|will|does|did|has|does|\w+s|\w+ed)\b)"
)
_ONE_VERB: Final = re.compile(r"^([Ee]ither )([A-Z][a-z]*) or ([A-Z][a-z]*) ((?!is not\b|does not\b)[a-z].*)$")
"""One verb of two names: "either Carl or Dina goes"."""
_FUNCTION: Final = re.compile(r"[^a-z' -]")
_OPENING: Final = re.compile(
    r"^(?:\W|(?:and|but|so|therefore|thus|hence|consequently|then|now|also|finally|in conclusion|it follows that"
    r"|by (?:modus (?:tollens|ponens)|contraposition|the contrapositive)|we (?:can )?(?:conclude|know|infer"
    r"|deduce)(?: that)?"
    r"|this means(?: that)?|which means(?: that)?|as a result|accordingly)\b,?\s*)+",
    re.IGNORECASE,
)
_FORMS: Final = (
    ("iff", re.compile(r"^(?P<a>.+?),? if and only if (?P<b>.+)$")),
    ("only", re.compile(r"^(?P<a>.+?),? only (?:if|when) (?P<b>.+)$")),
    ("only_first", re.compile(r"^only (?:if|when) (?P<b>.+?),? (?:will|do|does|can) (?P<a>.+)$")),
    ("if", re.compile(r"^(?:if|when|whenever|in case) (?P<a>.+?)(?:, then |, | then )(?P<b>.+)$")),
    ("unless", re.compile(r"^unless (?P<a>.+?), (?P<b>.+)$")),
    ("or", re.compile(r"^either (?P<a>.+?),? or (?:else )?(?P<b>.+)$")),
    ("unless", re.compile(r"^(?P<b>.+?),? unless (?P<a>.+)$")),
    ("if", re.compile(r"^(?P<b>.+?),? (?:if|whenever|when) (?P<a>.+)$")),
)


class Propositions:
    """The clauses of a problem, each with the words it was first met in."""

    def __init__(self, tails: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.tails = tails or {}
        """What is left out behind a verb: "Ann goes to the party; Bob goes"."""
        self.clauses: list[tuple[tuple[str, ...], str]] = []
        self.names: set[str] = set()

    def read(self, text: str, *, new: bool = True) -> Proposition | None:
        """A sentence, None where it is not read exactly; without `new` also where it holds a clause not met before."""
        plain = unmarked(_OPENING.sub("", text.strip(), count=1)).strip(" .,;:!")
        if len(plain) > 200 or plain.endswith("?") or not plain:
            return None
        if new:
            self.names.update(_NAME.findall(plain))
        plain = _ONE_VERB.sub(r"\1\2 \4 or \3 \4", plain)
        words = " ".join(plain.lower().split())
        for form, pattern in _FORMS:
            match = pattern.match(words)
            if match is None:
                continue
            a, b = self._literal(match["a"], new), self._literal(match["b"], new)
            if a is None or b is None:
                return None
            return _joined(form, a, b, text.strip())
        literal = self._literal(words, new)
        if literal is None:
            return None
        return Proposition(sentence=literal[1], atoms=(literal[0],), text=text.strip())

    def _literal(self, text: str, new: bool) -> tuple[str, Expr] | None:
        """The clause's name and the sentence: the name itself or its denial."""
        words = text.removeprefix("then ").strip(" ,")
        denied = False
        for opening in ("it is not the case that ", "it is not true that ", "it is false that "):
            if words.startswith(opening):
                words, denied = words.removeprefix(opening), True
        for short, full in _CONTRACTED:
            words = words.replace(short, full)
        if _FUNCTION.search(words):
            return None
        tokens = words.split()
        if "not" in tokens or "never" in tokens:
            if tokens.count("not") + tokens.count("never") > 1:
                return None
            denied = not denied
            tokens = [t for t in tokens if t not in ("not", "never")]
        tokens = _untensed(tokens, self.names)
        if len(tokens) == 2 and not tokens[1].endswith("ed"):
            tokens += next((self.tails[base] for base in sorted(_bases(tokens[1])) if base in self.tails), ())
        if not 2 <= len(tokens) <= 14 or not _NO_CLAUSE.isdisjoint(tokens):
            return None
        name = self._named(tuple(tokens), " ".join(words.split()), new)
        if name is None:
            return None
        return name, Apply("not", (Sym(name),)) if denied else Sym(name)

    def _named(self, tokens: tuple[str, ...], words: str, new: bool) -> str | None:
        for known, name in self.clauses:
            if _same(known, tokens):
                return name
        if not new or len(self.clauses) >= 12:
            return None
        name = f"“{' '.join(tokens)}”"
        self.clauses.append((tokens, name))
        return name

    def left_out(self) -> dict[str, tuple[str, ...]] | None:
        """The words left out in clauses of a name and a verb, by the verb; None where it cannot be told which."""
        short = {tokens[1] for tokens, _ in self.clauses if len(tokens) == 2}
        found: dict[str, tuple[str, ...]] = {}
        for verb in sorted(short):
            tails = {t[2:] for t, _ in self.clauses if len(t) > 2 and _bases(t[1]) & _bases(verb)}
            if len(tails) > 1:
                return None
            for tail in tails:
                found.update(dict.fromkeys(_bases(verb), tail))
        return found

    def problem(self, premises: Sequence[Proposition]) -> Problem:
        symbols = tuple(Symbol(name) for _, name in self.clauses)
        return Problem(Signature((), symbols), tuple(Statement(p.sentence, p.text) for p in premises))


def _joined(form: str, a: tuple[str, Expr], b: tuple[str, Expr], text: str) -> Proposition:
    (first, p), (second, q) = a, b
    convention: tuple[Expr, ...] = ()
    if form == "iff":
        sentence: Expr = Apply("iff", (p, q))
    elif form in ("only", "only_first", "if"):
        sentence = Apply("implies", (p, q))
    elif form == "unless":
        sentence, convention = Apply("implies", (Apply("not", (p,)), q)), (Apply("implies", (p, Apply("not", (q,)))),)
    else:
        sentence, convention = Apply("or", (p, q)), (Apply("not", (Apply("and", (p, q)),)),)
    atoms = (first, second) if first != second else (first, "")
    return Proposition(sentence=sentence, atoms=atoms, convention=convention, text=text)


def _untensed(tokens: list[str], names: set[str]) -> list[str]:
    """The words without "do", "did" and "will", a form of "to be" as "is", he or she by the only name there is."""
    found: list[str] = []
    for at, token in enumerate(tokens):
        if token in _DO and at and at + 1 < len(tokens):
            continue
        if token == "will" and at and at + 1 < len(tokens):
            continue
        if token in ("he", "she") and len(names) == 1 and at == 0:
            token = next(iter(names)).lower()
        found.append("is" if token in _BE else token)
    return found


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The same words, one of them, not the first, in another form of the same verb."""
    if len(a) != len(b):
        return False
    apart = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return not apart or (len(apart) == 1 and apart[0] > 0 and bool(_bases(a[apart[0]]) & _bases(b[apart[0]])))


def _bases(word: str) -> set[str]:
    """What a verb's form may be a form of."""
    found = {word, _IRREGULAR.get(word, word), singular(word)}
    if word.endswith("ied"):
        found.add(word[:-3] + "y")
    elif word.endswith("ed") and len(word) > 4:
        found |= {word[:-2], word[:-1]}
        if word[-3] == word[-4]:
            found.add(word[:-3])
    return found
