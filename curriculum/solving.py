"""Options of a question that asks to solve an equation, as answers that claim them to be all its solutions."""

import re
from typing import Final

from verifiers.expr import Apply, Sym, free_symbols, walk
from verifiers.notation import Unread, read

MATHS: Final = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)", re.DOTALL)
_SOLVE: Final = re.compile(r"\b(?:solve|solutions?|roots?|zeros?)\b", re.IGNORECASE)
_FIND: Final = re.compile(
    r"\b(?:find|value of|solve for|what is|determine|for)\s+(?:the\s+)?(?:value\s+of\s+)?\$*([a-zA-Z])\$*"
    r"(?=\s*(?:[.?,:;]|$|if\b|when\b|in\b|such\b|so\b))",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"\b(?:equations? of|parallel|perpendicular|inverse\w*|model|line|graph|tangent|approximat\w*|round\w*|nearest"
    r"|sum of|product of|difference|larger|smaller|greater|greatest|smallest|largest|least|positive|negative|how many"
    r"|number of|var(?:y|ies)|proportional|decimal places?|interval|excluded|extraneous|principal|nonnegative"
    r"|lengths?|legs?|hypotenuse|width|height|distance|radius|sequence)\b|\.\.\.",
    re.IGNORECASE,
)
"""What makes the question one for something else than all numbers that meet its equation."""
_BETWEEN: Final = re.compile(r"\s*(?:,|;|\bor\b|\band\b)\s*", re.IGNORECASE)


def finds_a_value(stem: str) -> bool:
    """Whether the numbers that meet an equation of the question are asked for, all of them and nothing else."""
    return (_SOLVE.search(stem) or _FIND.search(stem)) is not None and _ANOTHER.search(stem) is None


def solutions(stem: str, option: str) -> str | None:
    """`The solutions are …` with all values of the option; None where it names none or the question asks otherwise."""
    if not finds_a_value(stem):
        return None
    plain = option.strip().rstrip(".").replace("$", " ")
    letter = _unknown(stem)
    if letter is None:
        return None
    values = [re.sub(rf"^{letter}\s*=\s*", "", part.strip()).strip() for part in _BETWEEN.split(plain)]
    for value in values:
        tree = read(value) if value else None
        if tree is None or isinstance(tree, Unread) or not _is_value(tree, letter):
            return None
    if len(values) == 1 and "pm" not in values[0] and "±" not in values[0]:
        return f"The only solution is ${letter} = {values[0]}$."
    named = [f"${letter} = {value}$" for value in values]
    return f"The solutions are {', '.join(named[:-1])}{' and ' if named[:-1] else ''}{named[-1]}."


def _is_value(tree: object, letter: str) -> bool:
    relations = ("eq", "or", "and", "lt", "le", "gt", "ge", "in", "tuple", "list", "set", "union", "interval")
    if isinstance(tree, Apply):
        return tree.head not in relations and letter not in free_symbols(tree)
    return not isinstance(tree, Sym) and type(tree).__name__ in ("Num", "Const")


def _unknown(stem: str) -> str | None:
    """The one letter that the question asks for."""
    if (named := _FIND.search(stem)) is not None and named[1] not in "aAI":
        return named[1]
    if not _SOLVE.search(stem):
        return None
    letters: set[str] = set()
    for found in MATHS.finditer(stem):
        formula = read(next(group for group in found.groups() if group))
        if not isinstance(formula, Unread):
            letters |= {node.name for node in walk(formula) if isinstance(node, Sym) and len(node.name) == 1}
    if not letters:
        letters = set(re.findall(r"(?<![A-Za-z])[b-zB-HJ-Z](?![A-Za-z])", stem))
    return letters.pop() if len(letters) == 1 else None
