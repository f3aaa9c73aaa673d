"""How sentences and formulas are meant. Only what the author answers for may be refuted.

The rules read the words around a formula: those of its sentence before it, those after it, and the opening of the next
sentence, where enumerations are rejected ("which is not an integer") and slips taken back ("wait"). All of them look
at text in lower case, which costs a fraction of what ignoring case does.
"""

import re
from typing import Final

from verifiers.extraction.document import Mood


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


_ASKED: Final = _words(
    r"find", r"determine", r"compute", r"evaluate", r"prove that", r"show that", r"we (?:need|want|have|wish|aim) to",
    r"we (?:need|want|require|seek|must have|are looking for)", r"need(?:s|ed)? to be", r"want to", r"goal is",
    r"our (?:goal|aim|task)", r"to (?:find|determine|show|prove|check|verify|see) (?:if|whether|that|the|all|when)",
    r"we must (?:find|show|prove|check|determine)", r"should (?:be|equal|satisfy|have)", r"such that", r"so that",
    r"in order (?:for|to)", r"requires?", r"is it", r"what is", r"how many", r"(?:solve|solving|solution of|roots? of)",
    r"necessary that", r"must (?:satisfy|equal|be)", r"ensure(?: that)?", r"whether", r"satisf(?:y|ies|ying)",
)  # fmt: skip
_SUPPOSED: Final = _words(
    r"if", r"suppose", r"supposing", r"assum(?:e|es|ing|ption)", r"were", r"would", r"could", r"unless", r"case",
    r"imagine", r"otherwise", r"hypothes[ie]s", r"hypothetical(?:ly)?", r"either", r"even if", r"contrary",
    r"say", r"might", r"may be", r"provided", r"when", r"whenever", r"as long as", r"in (?:the|this) case",
)  # fmt: skip
_TRIAL: Final = _words(
    r"try", r"tries", r"trying", r"tested", r"test", r"testing", r"check", r"checks", r"checking", r"guessing",
    r"(?:we|i|let['’]s|us) guess", r"attempt", r"experiment", r"let'?s (?:see|test|try|check|consider)", r"trial",
    r"start with", r"plug(?:ging)? in", r"verify", r"verifying", r"verification", r"possible", r"possibilit(?:y|ies)",
    r"candidate", r"explore", r"examine", r"consider", r"small values?", r"test case",
)  # fmt: skip
_DEFINED: Final = _words(
    r"let(?!['’]s)", r"denote(?:d|s)?", r"define(?:d|s)?", r"where", r"call", r"set", r"put", r"write", r"represents?",
    r"stands? for", r"be the", r"letting", r"setting", r"say that", r"introduce", r"named?",
)  # fmt: skip
_QUOTED: Final = _words(
    r"formula", r"theorem", r"identity", r"recall", r"in general", r"general(?:ly)?", r"inequality", r"law",
    r"property", r"definition", r"known that", r"rule", r"lemma", r"claims? that", r"says? that", r"states? that",
)  # fmt: skip
REJECTING: Final = _words(
    r"contradict(?:s|ion|ory|ing)?", r"impossible", r"not possible", r"absurd", r"false", r"not true", r"untrue",
    r"(?:is|are|was)(?:n['’]t| not)(?: an?)?(?: \w+){0,3}", r"do(?:es)?(?:n['’]t| not)(?: \w+){0,2}", r"cannot",
    r"can['’]?t", r"no (?:solutions?|integer|such|valid|real|way|positive|natural)", r"fails?", r"failed",
    r"reject(?:ed|s)?",
    r"discard(?:ed)?", r"invalid", r"not (?:valid|an integer|equal|work|satisf\w+|correct|a solution|enough|hold)",
    r"too (?:small|large|big|high|low|few|many|much)", r"incorrect", r"wrong", r"mistake", r"error", r"never",
    r"inconsistent", r"violates?", r"unequal", r"mismatch", r"didn['’]t", r"did not", r"isn['’]t", r"off by",
    r"not quite", r"exceeds?", r"no good", r"ruled? out", r"instead of", r"rather than", r"nonsense", r"extraneous",
    r"less than", r"greater than", r"not a (?:whole|perfect|multiple|factor|divisor)", r"false statement", r"not match",
)  # fmt: skip
RETRACTING: Final = _words(
    r"wait", r"actually", r"oops", r"sorry", r"my mistake", r"let me (?:re|try|fix|correct|redo|double)\w*",
    r"let['’]s (?:re-?(?:check|do|calculate|evaluate|examine|compute|visit|consider|assess|think|verify)|correct|fix)",
    r"re-?(?:check|evaluat|calculat|examin|consider|comput|visit|assess|think)\w*", r"correction", r"hold on", r"hmm+",
    r"made (?:a|an) (?:mistake|error|slip)", r"incorrect(?:ly)?", r"however,? (?:this|that|we|upon|the|since)",
    r"mistaken(?:ly)?", r"scratch that", r"that['’]s (?:not|wrong)", r"(?:there|it) seems?", r"misinterpret\w*",
    r"mis(?:take|calculat|read|count)\w*", r"to correct", r"the correct",
)  # fmt: skip
TAKING_BACK: Final = re.compile(
    r"\W*(?:no\b[,.!]|wait\b|actually\b|hmm|oops|sorry|hold on|that['’]s (?:wrong|not)|i made a|not quite|correction)"
)
"""What opens a step that does not go on from the one before, in lower case."""
_FALSE_PREMISE: Final = _words(
    r"if", r"suppose", r"assum(?:e|ing)", r"were", r"would", r"contrary", r"should", r"whether", r"rather than",
    r"instead of",
)  # fmt: skip
_WOULD_BE: Final = re.compile(
    r"\b(?:that|this|it|which|there|answer|value|sum|product|total|difference|area|probability|result) (?:would|should)"
    r" (?:then |just |now |simply )?be\W*$"
)
"""How a result is told, rather than a condition: "that would be 4 · 6 = 24"."""
_OPERATED: Final = re.compile(
    r"\b(?:if|when|once) (?:we|you|i|one) (?:then |now |also |just |simply )?(?=(?:multiply|divide|add|subtract"
    r"|simplify|expand|factor|combine|rearrange|cancel|collect|move|distribute|isolate|square|cube|take the|solve"
    r"|substitute|plug|double|halve|evaluate|compute|calculate|rewrite|cross-multiply|regroup|group)\b)"
)
_QUESTION: Final = re.compile(r"\?[\"'”’)\]*_]{0,4}$")
_MOST: Final = 1_500


def without_operations(words: str) -> str:
    """Without what is done, not supposed: "if we add 3 to both sides, we get x = 5"."""
    return _OPERATED.sub("", words) if "if " in words or "when " in words or "once " in words else words


def sentence_mood(text: str) -> Mood:
    """Mood of a sentence, its formulas blanked out by the caller."""
    words = without_operations(text[:_MOST].lower())
    if is_question(text):
        return Mood.ASKED
    if RETRACTING.search(words) and _words_wrong(words):
        return Mood.REJECTED
    if _TRIAL.search(words):
        return Mood.TRIAL
    if _SUPPOSED.search(words):
        return Mood.SUPPOSED
    if _DEFINED.search(words):
        return Mood.DEFINED
    if _QUOTED.search(words):
        return Mood.QUOTED
    return Mood.ASKED if _ASKED.search(words) else Mood.ASSERTED


def is_question(text: str) -> bool:
    return _QUESTION.search(text[-8:]) is not None


def _words_wrong(words: str) -> bool:
    return re.search(r"\b(?:wrong|mistake|incorrect|error|slip)", words) is not None


_CLAUSE: Final = re.compile(
    r"[,;:]|(?<!\w)(?:then|so|thus|hence|therefore|giving|gives|we (?:get|have|obtain|find|see)|which|that is)(?!\w)"
)


def _last_clause(lead: str) -> str:
    pieces = _CLAUSE.split(lead[-400:].rstrip(" ,:;"))
    return pieces[-1]


def is_premise(lead: str) -> bool:
    """Whether the words right before a formula, in lower case, make it a premise: "if", "suppose that"."""
    return _is_premise(without_operations(_last_clause(lead)))


def _is_premise(clause: str) -> bool:
    if " be" in clause:
        clause = _WOULD_BE.sub("", clause)
    return _FALSE_PREMISE.search(clause) is not None


def chain_mood(
    *, sentence: Mood, question: bool, lead: str, trail: str, retracted: bool, closed: bool, first: bool
) -> Mood:
    """Mood of one formula, the words about it in lower case.

    `lead` and `trail` are the words of the sentence next to it, `retracted` says that the sentence after is
    `retracting`, `question` says that the sentence ends in a question mark, `closed` that no letter occurs in it,
    `first` that no formula stands before it in the sentence.
    """
    if question or sentence is Mood.REJECTED:
        return Mood.ASKED if question else sentence
    if retracted or _is_rejected(trail):
        return Mood.REJECTED
    clause = without_operations(_last_clause(lead))
    if _is_premise(clause):
        return Mood.SUPPOSED
    if _TRIAL.search(clause):
        return Mood.TRIAL
    if closed:
        return Mood.TRIAL if sentence is Mood.TRIAL else Mood.ASSERTED
    if _SUPPOSED.search(clause):
        return Mood.SUPPOSED
    if _DEFINED.search(clause):
        return Mood.DEFINED
    if _ASKED.search(clause):
        return Mood.ASKED
    if sentence is Mood.QUOTED and _QUOTED.search(lead):
        return Mood.QUOTED
    if sentence in (Mood.TRIAL, Mood.SUPPOSED) or (sentence is Mood.DEFINED and first):
        return sentence
    return Mood.ASSERTED


_ABOUT_IT: Final = re.compile(
    r"\W*(?:but |and |so |thus,? |hence,? |clearly,? |again,? |however,? |therefore,? )?"
    r"(?:this|that|which|it|these|here|the (?:left|right|equation|result|two|sum|product|equality|value|answer)"
    r"|contradiction|impossible|no|not|n['’]t|a contradiction|too)\b"
)
"""How a sentence opens that speaks of the formula before it."""


def rejected_by(trail: str, following: str) -> bool:
    """The words after a formula, or the opening of the next sentence, say that it fails or was a slip. Both in lower
    case.
    """
    return _is_rejected(trail) or retracting(following)


def _is_rejected(trail: str) -> bool:
    return REJECTING.search(trail[:160]) is not None


def retracting(following: str) -> bool:
    """Whether the opening of a sentence, in lower case, says that what was said before fails or was a slip."""
    opening = following[:160]
    if RETRACTING.search(opening[:60]) or TAKING_BACK.match(opening):
        return True
    return _ABOUT_IT.match(opening) is not None and REJECTING.search(opening) is not None
