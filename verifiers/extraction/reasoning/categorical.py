"""Categorical sentences read exactly: "all poets are dreamers", "no dreamer is a banker", "only students may join",
"Arun is a poet". One that no pattern fits word for word is not read.

How exams use the words (and this reading with them): "only A are B" is all B are A; "few A are B" is some are and some
are not; "a few" and "some" are at least one; "A are B" without a quantifier is all of them. "Most" and "many" say at
least "some", and no more is made of them. "All A are not B" has two meanings and is not read.
"""

import re
from typing import Final, Literal

import msgspec

from verifiers.expr import Apply, Expr, Sym, substitute
from verifiers.extraction.reasoning.lemmas import is_plural, unmarked
from verifiers.extraction.reasoning.terms import (
    Term,
    X,
    complement,
    denied,
    joined,
    nominal,
    noun_phrase,
    split_words,
    verb_phrase,
)

Modality = Literal["is", "must", "can"]


class Categorical(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence as read."""

    sentence: Expr
    terms: tuple[Term, ...]
    individual: str = ""
    modality: Modality = "is"
    weakened: bool = False
    """The words say more than the sentence: "most" was read as "some"."""
    text: str = ""

    @property
    def atoms(self) -> frozenset[str]:
        return frozenset(name for term in self.terms for name, _ in term.atoms)


_LABEL: Final = re.compile(
    r"^\W*(?:(?:statements?|conclusions?|premises?|options?|facts?|inferences?)[\s-]*(?:\d{1,2}|[IVX]{1,4}"
    r"|[A-D])?\s*[:.)–—-]+"
    r"|\(?(?:\d{1,2}|[IVXivx]{1,4}|[A-Da-d])[.):]|[-•–—])\s*",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^(?:(?:and|but|so|therefore|thus|hence|consequently|then|now|also|moreover|further(?:more)?|finally|clearly"
    r"|obviously|indeed|in fact|in other words|that is|this means|which means|it follows|we (?:can )?(?:conclude"
    r"|know|see"
    r"|infer|deduce|get|have)|i conclude|this (?:implies|shows|tells us)|from this|in conclusion|as a result"
    r"|accordingly"
    r"|for this reason)\b,?\s*(?:that\b,?\s*)?)+",
    re.IGNORECASE,
)
_MUST: Final = re.compile(
    r"^(?:certainly|definitely|necessarily|surely|it is (?:certain|necessary)(?: that)?"
    r"|it (?:necessarily|must) follows?(?: that)?|it must be(?: true| the case)? that)\b,?\s*",
    re.IGNORECASE,
)
_CAN: Final = re.compile(r"^(?:possibly|it is possible that|it can be that|perhaps)\b,?\s*", re.IGNORECASE)
_POSSIBILITY: Final = re.compile(r"^(.{3,120}?) being (.{2,80}?) is a possibility$", re.IGNORECASE)
_UNIVERSAL: Final = frozenset({"all", "every", "each", "any"})
_EXISTENTIAL: Final = frozenset({"some", "several"})
_WEAKENED: Final = frozenset({"most", "many"})
_COPULAS: Final = frozenset({"is", "are", "was", "were"})
_NOT_COPULAS: Final = frozenset({"isn't", "aren't", "wasn't", "weren't"})
_AUXILIARIES: Final = frozenset(
    {"do", "does", "don't", "doesn't", "can", "cannot", "can't", "have", "has", "want", "wants"}
)
_VERBS: Final = frozenset(
    {"fly", "flies", "swim", "swims", "bark", "barks", "eat", "eats", "drink", "drinks", "read", "reads", "write"}
    | {"writes", "sing", "sings", "dance", "dances", "play", "plays", "speak", "speaks", "know", "knows", "like"}
    | {"likes", "love", "loves", "own", "owns", "wear", "wears", "study", "studies", "live", "lives", "need", "needs"}
    | {"conduct", "conducts", "consume", "consumes", "teach", "teaches", "work", "works", "travel", "travels", "lay"}
    | {
        "lays",
        "give",
        "gives",
        "grow",
        "grows",
        "pass",
        "passes",
        "fail",
        "fails",
        "smoke",
        "smokes",
        "enjoy",
        "enjoys",
    }
)
_RELATIVE: Final = frozenset({"who", "that", "which"})
_HEDGED: Final = frozenset({"may", "might", "could"})


def read(text: str, known: frozenset[str] = frozenset()) -> Categorical | None:
    """The sentence, or None where it is not one of these or not one of them only. `known` are the atoms of sentences
    read before: of them compounds are made.
    """
    plain = unmarked(_LABEL.sub("", text.strip(), count=1)).strip(" .,;:!")
    plain = _OPENING.sub("", plain)
    modality: Modality = "is"
    if match := _MUST.match(plain):
        modality, plain = "must", plain[match.end() :]
    elif match := _CAN.match(plain):
        modality, plain = "can", plain[match.end() :]
    if match := _POSSIBILITY.match(plain):
        modality, plain = "can", f"{match[1]} are {match[2]}"
    if len(plain) > 160:
        return None
    words = split_words(plain)
    if words is None or len(words) < 3:
        return None
    words, modality = _hedged(words, modality)
    found = _quantified(words, known) or _individual(plain, words, known)
    return msgspec.structs.replace(found, modality=modality, text=text.strip()) if found else None


def _hedged(words: list[str], modality: Modality) -> tuple[list[str], Modality]:
    """Words without "may be", "can never be", "must be", "are definitely", and what these say."""
    for at in range(1, len(words) - 1):
        one, two = words[at], words[at + 1]
        if one in _HEDGED and modality == "is":
            after = words[at + 1 :]
            negative = after[:1] == ["not"]
            if after[negative : negative + 1] == ["be"]:
                return [*words[:at], "are", *(["not"] if negative else []), *after[negative + 1 :]], "can"
            return words, "is"
        if one == "must" and two == "be" and modality == "is":
            return [*words[:at], "are", *words[at + 2 :]], "must"
        if one in _COPULAS and two in ("definitely", "certainly", "necessarily") and modality == "is":
            return [*words[: at + 1], *words[at + 2 :]], "must"
    return words, modality


def _quantified(words: list[str], known: frozenset[str]) -> Categorical | None:
    first, second = words[0], words[1]
    if words[:2] == ["not", "all"] or words[:2] == ["not", "every"]:
        return _some(words[2:], known, negative=True)
    if words[:3] == ["at", "least", "some"] or words[:3] == ["at", "least", "one"]:
        return _some(words[3:], known)
    if first == "a" and second == "few":
        return _some(words[2:], known)
    if first in _UNIVERSAL:
        start = 2 if words[1:2] == ["of"] else 1
        return _all(words[start:], known)
    if first in ("everyone", "anyone", "everybody", "those") and second in _RELATIVE:
        return _all(["those", *words[1:]], known)
    if first == "no" or words[:2] == ["none", "of"]:
        return _none(words[2 if first == "none" else 1 :], known)
    if words[:2] == ["none", "but"] or (first == "only" and second not in ("some", "a", "few", "one", "the", "two")):
        return _only(words[2 if first == "none" else 1 :], known)
    if first in _EXISTENTIAL:
        return _some(words[2 if second == "of" else 1 :], known)
    if first in _WEAKENED:
        found = _some(words[1:], known)
        return msgspec.structs.replace(found, weakened=True) if found else None
    if first == "few" or words[:3] == ["only", "a", "few"] or words[:2] == ["only", "some"]:
        rest = words[{"few": 1}.get(first, 3 if second == "a" else 2) :]
        so, not_so = _some(rest, known), _some(rest, known, negative=True)
        if so is None or not_so is None:
            return None
        return Categorical(sentence=Apply("and", (so.sentence, not_so.sentence)), terms=so.terms)
    return _generic(words, known)


def _all(words: list[str], known: frozenset[str]) -> Categorical | None:
    parts = _parts(words, known)
    if parts is None or parts[2]:
        return None
    return _universal(parts[0], parts[1])


def _none(words: list[str], known: frozenset[str]) -> Categorical | None:
    parts = _parts(words, known)
    if parts is None or parts[2]:
        return None
    return _universal(parts[0], denied(parts[1]))


def _only(words: list[str], known: frozenset[str]) -> Categorical | None:
    # "Only students can become members": who is one could become one.
    if "can" in words:
        at = words.index("can")
        if words[at + 1 : at + 2] and words[at + 1] in ("be", "become"):
            words = [*words[:at], "are", *words[at + 2 :]]
    parts = _parts(words, known)
    if parts is None or parts[2]:
        return None
    return _universal(parts[1], parts[0])


def _some(words: list[str], known: frozenset[str], *, negative: bool = False) -> Categorical | None:
    parts = _parts(words, known)
    if parts is None or (parts[2] and negative):
        return None
    subject, predicate, _ = parts
    if parts[2] or negative:
        predicate = denied(predicate)
    body = Apply("and", (subject.body, predicate.body))
    return Categorical(sentence=Apply("exists", (X, body)), terms=(subject, predicate))


def _generic(words: list[str], known: frozenset[str]) -> Categorical | None:
    """ "Artists are dreamers", "poets are not bankers": of all of them."""
    verb = _main_verb(words)
    if (
        not verb
        or words[verb] not in ("are", "aren't")
        or not is_plural(words[verb - 1])
        or words[0] in ("the", "these")
    ):
        return None
    parts = _parts(words, known)
    if parts is None:
        return None
    return _universal(parts[0], denied(parts[1]) if parts[2] else parts[1])


def _universal(subject: Term, predicate: Term) -> Categorical:
    body = Apply("implies", (subject.body, predicate.body))
    return Categorical(sentence=Apply("forall", (X, body)), terms=(subject, predicate))


def _parts(words: list[str], known: frozenset[str]) -> tuple[Term, Term, bool] | None:
    """Subject, predicate, and whether the verb is denied."""
    verb = _main_verb(words)
    if not verb:
        return None
    subject = _subject(words[:verb], known)
    if subject is None:
        return None
    negative = words[verb] in _NOT_COPULAS
    if words[verb] in _COPULAS or negative:
        rest = words[verb + 1 :]
        if rest[:1] == ["not"]:
            negative, rest = True, rest[1:]
        predicate = complement(rest, known)
    else:
        predicate = verb_phrase(words[verb:], known)
        if predicate is not None and isinstance(predicate.body, Apply) and predicate.body.head == "not":
            negative, predicate = True, Term(predicate.body.args[0], predicate.atoms)
    return None if predicate is None else (subject, predicate, negative)


def _subject(words: list[str], known: frozenset[str]) -> Term | None:
    """What a sentence is about: a noun, also where no article says so ("no vegetable")."""
    found = _phrase(words, known)
    if found is None or len(found.atoms) != 1 or not _RELATIVE.isdisjoint(words):
        return found
    return nominal(found)


def _phrase(words: list[str], known: frozenset[str]) -> Term | None:
    if "and" in words and _RELATIVE.isdisjoint(words):
        at = words.index("and")
        pair = noun_phrase(words[:at], known), noun_phrase(words[at + 1 :], known)
        if pair[0] is None or pair[1] is None or not (pair[0].plural and pair[1].plural):
            return None
        return joined("or", (pair[0], pair[1]))
    return noun_phrase(words, known)


def _main_verb(words: list[str]) -> int:
    """Place of the main verb, 0 where there is none."""
    relative = next((at for at, word in enumerate(words) if word in _RELATIVE and at), len(words))
    verbs = _COPULAS | _NOT_COPULAS | _AUXILIARIES | _VERBS
    first = next((at for at, word in enumerate(words) if word in verbs and at), 0)
    if not first:
        return 0
    if first < relative:
        return first
    # The first verb after "who" is the clause's own, whatever it is; "who do not" has another word to skip.
    own = relative + 1
    if words[own : own + 1] and words[own] in ("do", "does", "can", "have", "has", "don't", "doesn't", "cannot"):
        own += 1
    later = [at for at in range(own + 1, len(words)) if words[at] in _COPULAS | _NOT_COPULAS]
    if not later:
        later = [at for at in range(own + 1, len(words)) if words[at] in _AUXILIARIES | _VERBS]
    return later[0] if len(later) == 1 else 0


_NAMED: Final = re.compile(r"(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2}) (?:is|was) (?P<rest>.+)$")
_NO_NAME: Final = frozenset(
    {"it", "this", "that", "he", "she", "there", "here", "what", "which", "who", "so", "the", "a", "an", "one", "each"}
    | {"every", "all", "no", "some", "none", "nothing", "everything", "everyone", "someone", "nobody", "conclusion"}
    | {
        "statement",
        "option",
        "answer",
        "i",
        "ii",
        "iii",
        "iv",
        "neither",
        "either",
        "both",
        "only",
        "any",
        "if",
        "since",
    }
    | {"as", "because", "when", "another", "anyone", "something", "somebody", "everybody"}
)


def _individual(plain: str, words: list[str], known: frozenset[str]) -> Categorical | None:
    match = _NAMED.match(plain)
    if match is None or match["name"].split()[0].lower() in _NO_NAME:
        return None
    rest = split_words(match["rest"])
    predicate = complement(rest, known) if rest else None
    if predicate is None:
        return None
    name = match["name"]
    return Categorical(sentence=substitute(predicate.body, {"x": Sym(name)}), terms=(predicate,), individual=name)
