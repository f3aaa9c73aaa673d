"""Where in a text the final answer stands.

`candidates` gives the places to look, best first; the reader of the notation has the last word on which of them is
mathematics. The order is that of how explicit the author was: a box or a "final answer" marker, `#### 42`, "the
answer is …", the whole text where it is nothing but an answer, a concluding sentence, the last formula, the last
number.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from verifiers.extraction.reading.boxes import boxed, outermost_unboxed
from verifiers.extraction.reading.delimited import formulas, replaced

Rule = Literal["boxed", "marker", "whole", "conclusion", "formula", "number"]


class Candidate(msgspec.Struct, frozen=True):
    """A place where the answer may stand. More than one text is a list of answers given in boxes side by side."""

    texts: tuple[str, ...]
    rule: Rule
    formula: bool = False
    """The texts are mathematics from end to end, no words around a formula."""


_THINK: Final = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL)
_CHAT_TOKEN: Final = re.compile(r"<\|[A-Za-z_]{1,30}\|>")
_COMMANDS: Final = (
    "boxed|fbox|frac|dfrac|tfrac|cfrac|sqrt|left|right|le|leq|ge|geq|lt|gt|ne|neq|in|cup|cap|infty|pi|pm|cdot|times|div"
    "|text|textbf|mathrm|mathbb|mathbf|sin|cos|tan|log|ln|circ|begin|end|quad|qquad|angle|theta|alpha|beta|sum|int"
    "|binom|overline|approx|equiv|pmod|ldots|dots|setminus|langle|rangle|lfloor|rfloor|lceil|rceil|det|operatorname"
)
_DOUBLED: Final = re.compile(rf"(?<!\\)\\\\(?=(?:{_COMMANDS})(?![A-Za-z]))|(?<!\\)\\\\(?=[()\[\]](?!\d))")
_WRITTEN_NEWLINE: Final = re.compile(
    r"(?<!\\)\\{1,2}n(?!(?:eq?|eg|u|ot|otin|abla|mid|i|less|leq|geq|gtr|parallel|subseteq|exists|earrow|ewline|olimits"
    r"|onumber|atural|ormalsize)(?![a-z]))"
)
_ESCAPED: Final = re.compile(r"\\?([\x0c\x08])(?=rac\b|rac\{|oxed\{|egin\{|inom\{)")
_GLUED: Final = re.compile(r"\\q?quad(?=[A-Za-z])")
_SQUARED_UNIT: Final = re.compile(r"(?<=\d)(?=(?:m|cm|mm|km|ft|in|yd)[²³])")
_MINUTES: Final = re.compile(r"(?<=\d) ?mins?\b(?! ?[({\\])")
_ROMAN: Final = re.compile(r"\\rm\s*\{|\{\s*\\rm\s")
_BLACKBOARD: Final = re.compile(r"\\mathbb\s+([A-Z])")
_CASES: Final = re.compile(r"\\begin\{cases\}([^&{}]{1,200})\\end\{cases\}")
_ALIGNED: Final = re.compile(r"\\(?:begin|end)\{(?:aligned|align\*?|gathered|gather\*?|equation\*?|split)\}")
_TABULAR: Final = re.compile(r"\\begin\{(?:[a-zA-Z]*matrix|array|cases|tabular)\}")
_ELEMENT: Final = re.compile(r"(?<![A-Za-z\\])([a-z]) in (?=[(\[{])")
_BETWEEN: Final = re.compile(r"\bbetween\s+(\S{1,40}\s+and\s+\S{1,40})\s*\Z")
_INCHES: Final = re.compile(r"(?<=\d) ?in(?=[\s.$]*\Z)")
_MEASURED_ANGLE: Final = re.compile(r"(?<![A-Za-z\\])m ?\\angle")
_PAIR: Final = re.compile(r"[(\[][^()\[\]\n]{1,60},[^()\[\]\n]{1,60}[)\]]")
_SPACED_COMMA: Final = re.compile(r"(?<=\d) ?\{, ?\}")
_PERCENT: Final = re.compile(r"(?<=\d) ?(?:pct|percentage|per cent)\b")
_GLUED_WORD: Final = re.compile(r"(?<=[\d)\]}])(or|and)(?=[A-Z(\d\\\[{])")
_FINAL: Final = re.compile(
    r"final\s+answer(?:\s+is)?(?!\w)[\s:*_]*(?:is\b[\s:]*)?|(?:^|\n)[ \t]*####[ \t]*", re.IGNORECASE
)
_ANSWER: Final = re.compile(
    r"\b(?:answer|solution|result|choice|option)s?\**\s*(?:is|are|would be|must be|should be)\b[\s:]*(?:that\b\s*)?"
    r"|\banswers?\**\s*[:=]\s*\**|(?:^|\n)[ \t]*\**A(?:ns)?\**[:.][ \t]+",
    re.IGNORECASE,
)
_IS_THE_ANSWER: Final = re.compile(
    r"(?<!\s)\s{1,3}(?:is|are) (?:the|our|my|your) (?:final |correct )?(?:answer|solution)s?\b", re.IGNORECASE
)
_CONCLUSION: Final = re.compile(
    r"\b(?:therefore|thus|hence|so|consequently|in conclusion|we (?:get|find|have|obtain))\b", re.IGNORECASE
)
_NOT: Final = (
    r"(?:(?<![A-Za-z\\])not(?! (?:only|just|more|less|fewer|greater|exceed))|n't|n’t|\bnever|\bneither"
    r"|\banything but|\bother than|\bdifferent from)"
)
_FILLER: Final = r"(?: (?:be|equal(?: to)?|exactly|the|answer|number|value|simply))*"
_DENIED: Final = re.compile(rf"{_NOT}{_FILLER}[\s$*_(\\]*\Z", re.IGNORECASE)
_DENIED_INSIDE: Final = re.compile(_NOT + r"\b", re.IGNORECASE)
_REACH: Final = 60
"""Characters in which a "not" in front of a final answer begins."""
_SENTENCE_END: Final = re.compile(r"[.!?](?=[\s*\"')]|$)(?!\s*\d)|\n")
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_NUMBER: Final = re.compile(
    r"(?<![\w.])[-−+]?[$€£₹]?(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?(?:\s?/\s?\d+)?(?:\s?(?:\\?%|percent\b|pct\b))?"
    r"|(?<![\w.])[-−+]?\.\d+"
)
_GLUE: Final = frozenset(
    {"and", "or", "to", "by", "is", "are", "in", "at", "no", "if", "per", "percent", "pct", "mod"}
    | {"sin", "cos", "tan", "log", "ln", "exp", "sqrt", "pi", "gcd", "lcm", "det", "min", "max"}
    | {"solution", "solutions", "real", "numbers", "none", "exist", "exists", "true", "false", "yes", "undefined"}
)
_BEFORE_VALUE: Final = re.compile(r"\w*\s*=|\d")
_TRAILING: Final = re.compile(r",?\s(?:as|since|because|where|when|for|such|only|i\.e\.)\b")
_TAIL: Final = re.compile(
    r"^.*\b(?:is|are|equals?|be)\b(?:\s+(?:about|approximately|exactly|equal to|at))?[\s:]+(?=\S)",
    re.DOTALL | re.IGNORECASE,
)
LONGEST: Final = 100_000
"""Code points read, from the end: an answer stands at the end of a text."""


def candidates(text: str) -> Iterator[Candidate]:
    """Places of the final answer, most explicit first, each once. Linear in the text's length."""
    seen = set()
    cut = len(text) > LONGEST
    if cut:
        tail = text[-LONGEST:]
        text = "".join(tail.split(maxsplit=1)[1:])
    text = mended(text)
    for candidate in _candidates(text):
        if (cut and candidate.rule == "whole") or _is_denied(text, candidate):
            continue
        if candidate.texts not in seen and any(candidate.texts):
            seen.add(candidate.texts)
            yield candidate


def _is_denied(text: str, candidate: Candidate) -> bool:
    """Whether what it says last is that this is not it: "the answer is not 5"."""
    if candidate.rule == "boxed":
        return False
    said = candidate.texts[-1].strip(" .")
    if _DENIED_INSIDE.match(said):
        return True
    at = text.rfind(said) if said else -1
    return at > 0 and _DENIED.search(text, max(0, at - _REACH), at) is not None


def _candidates(text: str) -> Iterator[Candidate]:
    box = boxed(text)
    marker = _last(_FINAL, text)
    if marker is not None and (box is None or marker.end() > box.end) and text[marker.end() :].strip():
        yield from _segment(text, marker.end(), "marker")
    if box is not None:
        yield Candidate(box.texts, "boxed", True)
        return
    marker = _last(_ANSWER, text)
    if marker is not None and text[marker.end() :].strip():
        yield from _segment(text, marker.end(), "marker")
    if _bare(text):
        yield Candidate((_undelimited(text),), "whole", _is_formula(text))
        return
    yield from _ending(text)
    yield Candidate((_undelimited(text),), "whole")


def mended(text: str) -> str:
    """The text without thoughts and chat tokens, with doubled backslashes and written-out newlines put right."""
    if "<" in text:
        text = _thoughtless(text)
        if (token := _CHAT_TOKEN.search(text)) is not None and text[: token.start()].strip():
            text = text[: token.start()]
    if "\\\\" in text:
        text = _DOUBLED.sub(r"\\", text)
    if "\x0c" in text or "\x08" in text:
        text = _ESCAPED.sub(lambda match: "\\" + {"\x0c": "f", "\x08": "b"}[match.group(1)], text)
    if "\\n" in text:
        text = _WRITTEN_NEWLINE.sub("\n", text)
    if "\\quad" in text or "\\qquad" in text:
        text = _GLUED.sub(r"\g<0> ", text)
    if "\\" in text:
        text = _untypeset(text)
    text = _SPACED_COMMA.sub("{,}", text)
    text = _PERCENT.sub(" percent", text)
    text = _MINUTES.sub(" minutes", text)
    text = _ELEMENT.sub(r"\1 ∈ ", text)
    text = _INCHES.sub(" inches", text)
    text = _MEASURED_ANGLE.sub(r"\\angle", text)
    return _GLUED_WORD.sub(r" \1 ", text)


def _untypeset(text: str) -> str:
    """Without what only sets the type: aligned rows, old font commands, a dollar sign in words."""
    text = _ROMAN.sub(r"\\mathrm{", text).replace("\\text{\\$}", "\\$")
    text = _BLACKBOARD.sub(r"\\mathbb{\1}", text)
    text = _CASES.sub(lambda match: match.group(1).replace("\\\\", ", "), text)
    if _ALIGNED.search(text) and not _TABULAR.search(text):
        text = _ALIGNED.sub(" ", text).replace("&", "").replace("\\\\", " ")
    return text


def _thoughtless(text: str) -> str:
    tags = [tag for tag in ("</think>", "</thinking>", "</reasoning>") if tag in text]
    if tags and (after := text[max(text.rfind(tag) + len(tag) for tag in tags) :]).strip():
        return after
    return without if (without := _THINK.sub("", text)).strip() else text


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _segment(text: str, start: int, rule: Rule) -> Iterator[Candidate]:
    """What follows a marker: to the end of its sentence, then its tail, its last formula, its last number."""
    while start < len(text) and (text[start].isspace() or text[start] in "*_:"):
        start += 1
    yield from _pieces(text[start : _sentence_end(text, start)].strip().strip("*").strip(), rule)


def _pieces(sentence: str, rule: Rule) -> Iterator[Candidate]:
    sentence = _SQUARED_UNIT.sub(" ", sentence)
    trailing = _TRAILING.search(_veiled(sentence))
    if trailing is not None and (cut := sentence[: trailing.start()].strip()):
        sentence = cut
    if not sentence:
        return
    if _bare(sentence):
        yield Candidate((_undelimited(sentence),), rule, _is_formula(sentence))
    tail = _TAIL.sub("", _veiled(sentence))
    if len(tail) < len(sentence) and _bare(tail := sentence[len(sentence) - len(tail) :]):
        yield Candidate((_undelimited(tail),), rule, _is_formula(tail))
    found = formulas(sentence)
    if found:
        yield Candidate((found[-1].inside,), rule, True)
    numbers = list(_numbers(sentence, rule))
    yield from numbers
    if not found and not numbers:
        yield Candidate((_undelimited(sentence),), rule)


def _numbers(text: str, rule: Rule) -> Iterator[Candidate]:
    """The last number, after the pair it stands in."""
    if (between := _BETWEEN.search(text[-200:])) is not None:
        yield Candidate((between.group(1),), rule)
        return
    number = _last(_NUMBER, text)
    pair = _last(_PAIR, text)
    if number is not None and pair is not None and pair.end() >= number.end():
        yield Candidate((pair.group(),), rule)
    if number is not None:
        yield Candidate((number.group(),), rule)


def _ending(text: str) -> Iterator[Candidate]:
    """The formula said to be the answer, the last concluding sentence, the last formula, the last number."""
    said = _last(_IS_THE_ANSWER, text)
    found = formulas(text)
    if said is not None:
        before = [formula for formula in found if formula.end <= said.start()]
        if before and not text[before[-1].end : said.start()].strip():
            yield Candidate((before[-1].inside,), "marker", True)
        elif (number := _last(_NUMBER, text[max(0, said.start() - 200) : said.start()])) is not None:
            yield Candidate((number.group(),), "marker")
    conclusions = [match.start() for match in _CONCLUSION.finditer(text)]
    if conclusions and len(text) - conclusions[-1] < 2_000:
        start = conclusions[-1]
        sentence = text[start : _sentence_end(text, start)]
        if not found or start >= found[-1].end or formulas(sentence):
            yield from _pieces(_CONCLUSION.sub("", sentence, count=1).strip(" ,:"), "conclusion")
    if found:
        yield Candidate((found[-1].inside,), "formula", True)
    yield from _numbers(text, "number")


def _sentence_end(text: str, start: int) -> int:
    """End of the sentence that begins at `start`, or `start` if it is too long to be one; full stops and newlines
    inside formulas do not count.
    """
    stretch = text[start : start + 4_000]
    inside = [(formula.start, formula.end) for formula in formulas(stretch)]
    for match in _SENTENCE_END.finditer(stretch):
        if not any(begin <= match.start() < end for begin, end in inside):
            return start + match.start()
    return start + len(stretch) if start + len(stretch) == len(text) else start


def _veiled(text: str) -> str:
    """The same length with formulas blanked out, so that words inside them are not taken for prose."""
    return replaced(text, formulas(text), lambda formula: "0" * (formula.end - formula.start))


def _bare(text: str) -> bool:
    """Whether the text is nothing but an answer: mathematics, units, connectives, at most three other words; or few
    words without any mathematics.
    """
    if len(text) > 2_000:
        return False
    found = formulas(text)
    outside = replaced(text, found, lambda formula: " ")
    if "$" in outside.replace("\\$", "") and outside.count("$") % 2 and _WORD.search(outside):
        return False
    words = [word for word in _WORD.findall(outside) if word.lower() not in _GLUE]
    if outside == text and not any(c.isdigit() for c in text):
        return len(words) <= 12 and ". " not in text.strip()
    lead = text[: found[0].start] if found else _BEFORE_VALUE.split(text, maxsplit=1)[0]
    led = any(word.lower() not in _GLUE for word in _WORD.findall(lead))
    return len(words) <= 2 and not led and _CONCLUSION.search(outside) is None and "answer" not in outside.lower()


def _is_formula(text: str) -> bool:
    found = formulas(text)
    return len(found) == 1 and not text[: found[0].start].strip() and not text[found[0].end :].strip(" .\n")


def _undelimited(text: str) -> str:
    """The text with its `$ … $`, `\\[ … \\]` taken off and prose between formulas kept."""
    text = outermost_unboxed(text)
    text = replaced(text, formulas(text), lambda formula: f" {formula.inside} ").strip()
    if text.count("$") == 1 and "\\$" not in text and not text.startswith("$") and not text.endswith("$"):
        text = text.replace("$", " ")
    return text.strip(' \t\n"“”').removeprefix('\\"').rstrip(" .\n\\").strip()
