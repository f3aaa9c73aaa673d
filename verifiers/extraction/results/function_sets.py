"""Questions for the domain or the range of a function that is written out, and the set that an answer ends in."""

import re
from collections.abc import Iterator
from typing import Final

from verifiers.claims import Claim, Result, Span
from verifiers.equality.regions import difference_of_sets, is_region
from verifiers.expr import Apply, Const, Expr, Sym, app, free_symbols, heads
from verifiers.extraction.document import Document, Part
from verifiers.extraction.reading.boxes import boxed
from verifiers.extraction.results.bare import delimited
from verifiers.extraction.results.problem import FORMAT
from verifiers.extraction.results.skeleton import Skeleton, skeleton
from verifiers.notation.reading import Unread, read

_RELEVANT: Final = re.compile(r"\b(domain|range)\b", re.IGNORECASE)
_SORTS: Final = (
    r"(?:(?:following|given|real|real-valued|rational|quadratic|linear|exponential|logarithmic|square root|radical"
    r"|absolute value|trigonometric|cubic|polynomial|above|reciprocal) )*"
)
_ASK: Final = (
    r"(?:please )?(?:find|determine|what is|what's|state|give|calculate|compute|identify|write"
    r"|work out)(?: the)?(?: natural| implied"
    r"| largest possible)? (?P<which>domain|range)(?: in interval notation)? (?:of|for)"
)
_NOTE: Final = (
    r"(?:,? (?:in|using|with) (?:interval|set|set-builder|inequality|set builder)(?: notation)?|,? as an interval"
    r"|,? over the (?:reals|real numbers)|,? as a (?:real|real-valued) function)?"
)
_FUNCTION: Final = rf"(?:the |this )?{_SORTS}(?:function|expression|equation)?(?: given by| defined by)?:? ?"
_ONE: Final = re.compile(rf"{_ASK} {_FUNCTION}«(?P<f>\d+)»{_NOTE}")
_GIVEN: Final = (
    rf"(?:let|given|consider|suppose|for|if)?(?: that)? ?(?:{_FUNCTION}|the function (?:f|«\d+») is (?:given"
    rf"|defined) by )"
    r"«(?P<f>\d+)»(?: be a (?:real |real-valued )?function)?"
)
_AGAIN: Final = rf"(?:the |this ){_SORTS}(?:function|expression)(?: (?:f|«(?P<name>\d+)»))?|f|«(?P<again>\d+)»"
_TWO: Final = re.compile(rf"{_GIVEN}(?: //|,| and) {_ASK} (?:{_AGAIN}){_NOTE}")
_TURNED: Final = re.compile(rf"{_ASK} (?:the |this ){_SORTS}function{_NOTE}(?: //|:) «(?P<f>\d+)»")
_SAID: Final = re.compile(
    r"\b(?P<which>domain|range)(?: of (?:the |this |\$?[a-z]\$?\(?[a-z]?\)?\$?)? ?(?:function)?)? is (?:therefore "
    r"|thus )?"
    r"(?P<set>(?:all|the)? ?[^.;:]{0,160})\.?\s*\Z",
    re.IGNORECASE,
)
_DOUBTFUL: Final = re.compile(
    r"\b(?:not|if|would|could|should|maybe|perhaps|wrong|incorrect|instead"
    r"|assum\w+)\b",
    re.IGNORECASE,
)
_TEXT: Final = re.compile(r"\\(?:text|mathrm|textbf|mbox)\s*\{([^{}]*)\}")
_VALUE: Final = r"(?:x|y|t)? ?=? ?(-?[\d/.\\{}a-z]+?)"
_ALL: Final = r"(?:the set of )?(?:all )?(?:real numbers|reals|\\mathbb\{?r\}?|real values of x|real x)(?: x| y)?"
_EXCEPT: Final = re.compile(rf"{_ALL},? (?:except|excluding|other than|but|not equal to)(?: for)? (?P<points>.+)")
_COMPARED: Final = re.compile(
    rf"{_ALL},? (?:(?:that are )?(?P<than>greater|less|bigger|smaller) than(?P<or> or equal to)?|(?P<at>at least"
    rf"|at most)) (?P<end>[^,]+)"
)
_SUCH: Final = re.compile(
    r"(?:the set of )?(?:all )?real (?:numbers |values |)(?:such that |with |where |(?:of )?[xyt],? (?:such that|with"
    r"|where) )?"
    r"(?P<condition>[^a-z]*[a-z] ?(?:[<>≤≥≠]|\\(?:geq?|leq?|neq?|gt|lt)(?![a-z])).*)"
)
_NAMED: Final = re.compile(
    r"^\s*(?:\\(?:text|mathrm"
    r"|operatorname)\s*\{\s*)?(?:[Dd]omain|[Rr]ange|Dom|dom|Ran|ran)\s*(?:\}\s*)?(?:\([a-z]\)\s*)?[:=]?\s*(?:\}\s*)?[:=]?"
)
_INFINITE: Final = re.compile(r"(?<![a-z\\])inf(?:inity|\.)?(?![a-z])")
_RELATED: Final = frozenset({"eq", "lt", "le", "gt", "ge", "call", "in", "tuple", "list"})
_LONGEST: Final = 400


def find(document: Document) -> Iterator[Claim]:
    """The set in the one box of the last step, or in its last sentence, where the question is understood whole."""
    question = document.question.text
    if len(question) > _LONGEST or not document.steps or _RELEVANT.search(question) is None:
        return
    asked = _asked(question)
    if asked is None:
        return
    which, body, letter = asked
    claimed = _claimed(document.steps[-1], which)
    if claimed is None:
        return
    span, text, region = claimed
    parameters = (("body", body), ("letter", letter))
    yield Claim(span=span, text=text, formula=Result(template=which, parameters=parameters, claimed=region))


def _asked(question: str) -> tuple[str, Expr, Sym] | None:
    text = skeleton(delimited(question))
    if text is None:
        return None
    words = " // ".join(s for s in text.sentences if not FORMAT.match(s))
    for pattern in (_ONE, _TWO, _TURNED):
        if (match := pattern.fullmatch(words)) is not None:
            named = match.groupdict()
            function = _function(text, match["f"])
            called = named.get("name") or named.get("again")
            if function is None or (called and not _is_its_name(text.tree(called), text.tree(match["f"]))):
                return None
            return match["which"], *function
    return None


def _function(text: Skeleton, slot: str) -> tuple[Expr, Sym] | None:
    tree = text.tree(slot)
    if isinstance(tree, Apply) and tree.head == "eq":
        left, tree = tree.args
        if isinstance(left, Apply):
            if left.head != "call" or len(left.args) != 2 or not isinstance(left.args[1], Sym):
                return None
            return (tree, left.args[1]) if free_symbols(tree) == {left.args[1].name} else None
        if left != Sym("y"):
            return None
    letters = frozenset[str]() if tree is None else free_symbols(tree)
    if not isinstance(tree, Apply) or len(letters) != 1 or heads(tree) & _RELATED:
        return None
    return tree, Sym(next(iter(letters)))


def _is_its_name(name: Expr | None, function: Expr | None) -> bool:
    if not isinstance(function, Apply) or function.head != "eq":
        return False
    left = function.args[0]
    return name == left or (isinstance(left, Apply) and name == left.args[0])


def _claimed(part: Part, which: str) -> tuple[Span, str, Expr] | None:
    box = boxed(part.text)
    if box is not None:
        region = _region(box.texts[0]) if len(box.texts) == 1 else None
        return None if region is None else (Span(part.step, box.start, box.end), box.texts[0], region)
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", part.text.strip()[-400:])[-1]
    match = _SAID.search(sentence)
    if match is None or match["which"].lower() != which or _DOUBTFUL.search(sentence):
        return None
    region = _region(re.sub(r"\\[()\[\]]|\$", " ", match["set"]))
    at = part.text.rfind(match["set"])
    return None if region is None or at < 0 else (Span(part.step, at, at + len(match["set"])), match["set"], region)


def _region(text: str) -> Expr | None:
    """A set of real numbers, however written."""
    plain = " ".join(_TEXT.sub(r" \1 ", text).replace("\\ ", " ").replace("\\,", " ").split()).strip(" .")
    lower = re.sub(r"^(?:domain|range)(?: of [a-z](?:\([a-z]\))?)?(?: is)? ?[:=]? ?", "", plain.lower())
    if lower in ("all reals", "all real numbers", "all real values", "the set of all real numbers", "real numbers"):
        return Const("reals")
    if (match := _EXCEPT.fullmatch(lower)) is not None:
        points = [_value(piece) for piece in re.split(r",? and (?:at )?|,? or |, ", match["points"])]
        known = [point for point in points if point is not None]
        return app("setminus", Const("reals"), Apply("set", tuple(known))) if len(known) == len(points) else None
    if (match := _COMPARED.fullmatch(lower)) is not None:
        end = _value(match["end"])
        if end is None:
            return None
        up = match["than"] in ("greater", "bigger") or match["at"] == "at least"
        equal = match["or"] or match["at"]
        return app(("ge" if equal else "gt") if up else ("le" if equal else "lt"), Sym("x"), end)
    if (match := _SUCH.fullmatch(lower)) is not None:
        tree = read(match["condition"])
        return _set(tree) if not isinstance(tree, Unread) and len(free_symbols(tree)) == 1 else None
    text = _NAMED.sub("", text)
    return _set(read(_INFINITE.sub("∞", _TEXT.sub(r"\\text{\1}", text))))


def _value(text: str) -> Expr | None:
    tree = read(re.sub(r"^\$?[a-z] ?= ?", "", text.strip(" $")))
    if isinstance(tree, Unread) or free_symbols(tree) or is_region(tree):
        return None
    return tree


def _spelled(tree: Expr) -> Expr:
    """`x ≠ ±2` as two conditions, `ℝ − {1}` as a set without a point, `2 ≤ x < ∞` as `2 ≤ x`."""
    match tree:
        case Apply(head="add"):
            return difference_of_sets(tree)
        case Apply(head="ne", args=(left, Apply(head="pm", args=(value,)))):
            return app("and", app("ne", left, value), app("ne", left, app("neg", value)))
        case Apply(head="set", args=members):
            both = [
                (m.args[0], app("neg", m.args[0])) if isinstance(m, Apply) and m.head == "pm" else (m,) for m in members
            ]
            return Apply("set", tuple(one for pair in both for one in pair))
        case Apply(head="and" | "or" | "in" | "setminus" | "list" | "union" | "not" | "notin" as head, args=args):
            kept = [
                a
                for a in args
                if not (head == "and" and isinstance(a, Apply) and a.head in ("lt", "gt") and _endless(a))
            ]
            made = tuple(_spelled(a) for a in kept)
            return made[0] if head == "and" and len(made) == 1 else Apply(head, made)
    return tree


def _all_ne(tree: Apply) -> bool:
    return tree.head == "and" and all(isinstance(part, Apply) and part.head == "ne" for part in tree.args)


def _endless(relation: Apply) -> bool:
    """`x < ∞`, `x > −∞`."""
    return any(end in (Const("inf"), app("neg", Const("inf"))) for end in relation.args)


def _set(tree: Expr | Unread) -> Expr | None:
    if isinstance(tree, Unread):
        return None
    tree = _spelled(tree)
    match tree:
        case Apply(head="or", args=parts) if any(isinstance(p, Apply) and p.head == "ne" for p in parts):
            return None  # "x ≠ 2 or x ≠ -2" is often said where "and" is meant
        case Apply(head="eq", args=(Sym(), inner)):
            return _set(inner)
        case Apply(head="list", args=parts):
            restricting = [p for p in parts if isinstance(p, Apply) and (p.head in ("ne", "in") or _all_ne(p))]
            whole = all(isinstance(p, Apply) and is_region(p) for p in parts)
            return app("and", *parts) if whole and len(restricting) >= len(parts) - 1 else None
        case Apply(head="tuple", args=(low, high)) if not free_symbols(low) | free_symbols(high):
            return tree
    if {"pm", "mp", "ellipsis", "quantity", "percent", "tuple"} & heads(tree):
        return None
    return tree if is_region(tree) else None
