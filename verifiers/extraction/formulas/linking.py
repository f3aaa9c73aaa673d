"""How a formula is tied to the one before it: by the words, arrows and rows between the two."""

import re
from typing import Final, Literal

import msgspec

from verifiers.claims import QUESTION
from verifiers.extraction.document import Chain, Document
from verifiers.extraction.meaning.moods import without_operations

_MARKS: Final = re.compile(
    r"\\\[|\\\]|\\\(|\\\)|\$+|\\begin\s*\{[a-zA-Z*]+\}|\\end\s*\{[a-zA-Z*]+\}|&|\\\\(?:\[[^\]]{0,8}\])?"
    r"|\\(?:text|mbox|textrm)\s*\{|[{}]|\\(?:left|right)\b|\*\*"
)
_SPACED: Final = re.compile(r"\\q?quad|\\[,;!: ]{2,}")
_ARROW: Final = re.compile(r"\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow|to)(?![a-zA-Z])|⇒|⟹|⇔|⟺|=>")
_REWRITE: Final = re.compile(
    r"\b(?:simplif\w+|expand\w*|factor(?:s|ed|ing)?|distribut\w+|combin\w+|rearrang\w+|isolat\w+|collect\w*"
    r"|cross[- ]multipl\w+|multipl\w+|divid\w+|(?:subtract|add)\w*\b.{0,80}\b(?:both|each|all) (?:sides|parts)"
    r"|(?:both|each) sides? (?:by|of)|cancel\w*|reduc\w+|regroup\w*|group\w*|mov(?:e|es|ing)|clear\w*|transpos\w+"
    r"|rewrit\w+|becomes?|equivalent\w*|can be written|solv(?:e|es|ing)"
    r"|tak(?:e|es|ing) (?:the )?(?:square|cube|\w+th) roots?|the same as|turns into|gather\w*)\b"
)
_DECLARED: Final = re.compile(r"\b(?:simplif\w+|expand\w*|factor(?:s|ed|ing)?|distribut\w+|combin\w+)\b")
_BREAKING: Final = re.compile(
    r"\b(?:or|and|if|case|cases|suppose|assume|another|other|similarly|likewise|also|second|secondly|next|let|given"
    r"|using|substitut\w+|plug\w*|since|because|where|when|for|with|recall|know|equation \d|equations|system|first"
    r"|differentiat\w+|integrat\w+|deriv\w+|set(?:ting)?|put(?:ting)?|original|each equation|third|roots? (?:is|are)"
    r"|replac\w+|mod|modulo|either|equating|compar\w+|squar(?:e|es|ed|ing)(?! root)|approximat\w+|vieta\w*|formula"
    r"|instead|not|numerator|denominator|sum|product|mistake|wrong|wait|correct\w*|condition|need|want|previous)\b"
    r"|\bfrom\b(?! (?:both|each) sides?)|\bequation \(|\bboth (?!sides)|\b(?:solutions|inequalities|results|values)\b"
)
_FOLLOWING: Final = re.compile(
    r"^\W*(?:so|thus|hence|therefore|then|we (?:get|have|obtain|find)|which (?:gives|means|implies|yields|is)|this"
    r" (?:gives|means|implies|yields|is)|giving|yielding|gives|yields|i\.?e\.?|that is|or equivalently|implies|and so"
    r"|(?:it|this) follows that|leading to|this leads to|we see that|we conclude that)\b"
)
_TERSE: Final = re.compile(
    r"^[\s.,;:]*(?:and )?(?:so|thus|hence|therefore|(?:which|this) (?:gives|means|implies|yields)(?: us| that)?|giving"
    r"|gives|yields|that gives us|i\.e\.|that is|or|so that)?[\s,:]*(?:we (?:get|have|obtain|find)|that)?[\s.,;:]*$"
)
_BARE: Final = re.compile(r"^[\s.]*$")
_OFFERING: Final = re.compile(
    r"(?:[:,]|\b(?:to|get|gets|gives?|giving|obtain|obtains|have|yields?|yielding|becomes?|as|is|equals|into|find|means"
    r"|written|equivalently|see|that|so|implies|thus|then|hence|therefore))[\s,:*]*(?:us\b|that\b)?[\s,:*]*$"
)
MOST_BETWEEN: Final = 240


class Link(msgspec.Struct, frozen=True):
    """`kind` as in a `Derivation`. `declared`: the text names a rewriting that keeps an expression's value;
    `bare`: nothing stands between; `offering`: the words lead up to the formula ("to get", ":"); `terse`: nothing but
    "so" or "which gives".
    """

    kind: Literal["rewrite", "follows"]
    declared: bool = False
    bare: bool = False
    offering: bool = False
    terse: bool = False


def words_between(document: Document, before: Chain, chain: Chain) -> str | None:
    """The text from one formula to the next without delimiters, lower case; None where it is too long."""
    here = document.steps[chain.step].text
    if before.step == QUESTION:
        raw = here[: chain.start]
    elif before.step == chain.step:
        raw = here[before.end : chain.start]
    elif before.step == chain.step - 1:
        raw = document.steps[before.step].text[before.end :] + "\n" + here[: chain.start]
    else:
        return None
    if len(raw) > MOST_BETWEEN * 2:
        return None
    words = _MARKS.sub(" ", _ARROW.sub(" ⟹ ", _SPACED.sub(" , ", raw))).lower()
    words = " ".join(words.split())
    return words if len(words) <= MOST_BETWEEN else None


def link_between(document: Document, before: Chain, chain: Chain) -> Link | None:
    """How the text goes from `before` to `chain`; None where it does not say so or says something else."""
    words = words_between(document, before, chain)
    if words is None or _BREAKING.search(without_operations(words)):
        return None
    offering = _OFFERING.search(words) is not None
    declared = _DECLARED.search(words) is not None
    if (declared or _REWRITE.search(words)) and (offering or chain.display):
        return Link("rewrite", declared, offering=offering)
    if re.fullmatch(r"[\s,.;]*⟹[\s]*", words):
        return Link("rewrite")
    if _BARE.match(words):
        return Link("rewrite", bare=True)
    if _FOLLOWING.match(words) and len(words) < 60:
        return Link("follows", offering=offering, terse=_TERSE.match(words) is not None)
    return None
