"""Commands of LaTeX to tokens: signs, letters, words in braces, delimiters, environments."""

from typing import Final

from verifiers.notation.patterns import (
    BAR,
    COLUMNS,
    COUNTED,
    GROUP,
    LABELLED,
    NAME,
    NEGATED,
    ROW_GAP,
    SKIP_ARGUMENT,
    WORDS,
)
from verifiers.notation.tables import (
    BLACKBOARD,
    CONNECTIVES,
    FUNCTION_WORDS,
    GREEK,
    GREEK_COMMANDS,
    MATRIX_ENVIRONMENTS,
    RELATION_COMMANDS,
    RELATION_SIGNS,
    SIGN_COMMANDS,
    SKIPPED_COMMANDS,
    TRANSPARENT_ENVIRONMENTS,
)
from verifiers.notation.tokens import Token

_DELIMITERS: Final = frozenset({"left", "right", "middle", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"})


def is_known(name: str) -> bool:
    """Whether a command of this name is read or passed over."""
    return (
        name in SIGN_COMMANDS
        or name in RELATION_COMMANDS
        or name in GREEK_COMMANDS
        or name in FUNCTION_WORDS
        or (name in SKIPPED_COMMANDS)
    )


def command(tokens: list[Token], text: str, name: str, at: int, end: int) -> int:
    """Adds what the command `\\name` at `text[at:end]` stands for; the place where it ends with what it takes in."""
    add = tokens.append
    if name in _DELIMITERS:
        return _delimiter(tokens, text, name, at, end)
    if name in SKIPPED_COMMANDS:
        if name in ("hspace", "vspace"):
            found = SKIP_ARGUMENT.match(text, end)
            return found.end() if found else end
        return end
    if name.startswith(("quad", "qquad")):
        end = at + len("\\quad") + name.startswith("qq")
        add(Token("gap", "quad", at, end))
        return end
    relation = RELATION_COMMANDS.get(name)
    if relation is not None:
        add(Token("rel", relation, at, end))
        return end
    if name in GREEK_COMMANDS:
        add(Token("name", GREEK_COMMANDS[name], at, end))
        return end
    kind = SIGN_COMMANDS.get(name)
    if name in ("plus", "minus", "equal") and text.startswith("{}", end):
        sign = {"plus": "+", "minus": "-", "equal": "rel"}[name]
        add(Token(sign, "eq" if name == "equal" else sign, at, end + 2))
        return end + 2
    if kind is None:
        if name in FUNCTION_WORDS:
            add(Token("func", FUNCTION_WORDS[name], at, end))
        elif name in ("R", "Z", "N", "Q", "C"):
            add(Token("const", BLACKBOARD[name], at, end))
        else:
            add(Token("bad", "\\" + name, at, end))
        return end
    if kind == "words" or kind == "upright":
        return _upright(tokens, text, name, kind, at, end)
    if kind == "begin" or kind == "end":
        return _environment(tokens, text, kind, at, end)
    if kind == "phantom":
        found = SKIP_ARGUMENT.match(text, end)
        return found.end() if found else end
    if kind == "row":
        found = ROW_GAP.match(text, end)
        end = found.end() if found else end
    if kind == "overset" and (labelled := LABELLED.match(text, end)) is not None:
        sign = labelled[1]
        head = RELATION_SIGNS.get(sign) or RELATION_COMMANDS[sign[1:]]
        add(Token("rel", head, at, labelled.end()))
        return labelled.end()
    if kind == "negated":
        return _negated(tokens, text, at, end)
    if kind == "$":
        add(Token("money", "$", at, end))
    elif kind in "€£":
        add(Token("money", kind, at, end))
    elif kind.startswith(("const ", "func ")):
        sort, value = kind.split()
        add(Token(sort, value, at, end))
    else:
        add(Token(kind, name, at, end))
    return end


def _delimiter(tokens: list[Token], text: str, name: str, at: int, end: int) -> int:
    """`\\left|` opens and `\\right|` closes, which a bare bar leaves open."""
    found = BAR.match(text, end)
    if found is None or name == "middle":
        return end
    sign = found[1]
    opens = name in ("left", "bigl", "Bigl", "biggl")
    if sign in ("|", "\\vert", "\\lvert", "\\rvert"):
        tokens.append(Token("|(" if opens else ")|", sign, at, found.end()))
    elif sign in ("\\|", "\\Vert"):
        tokens.append(Token("norm(" if opens else ")norm", sign, at, found.end()))
    elif sign == ".":
        tokens.append(Token("nodelimiter", sign, at, found.end()))
    elif (sign == "]" and opens) or (sign == "[" and not opens):
        tokens.append(Token("(" if opens else ")", sign, at, found.end()))
    else:
        return end
    return found.end()


def _upright(tokens: list[Token], text: str, name: str, kind: str, at: int, end: int) -> int:
    found = (WORDS if kind == "words" else GROUP).match(text, end)
    add = tokens.append
    if found is None:
        if kind == "upright":
            return end
        add(Token("bad", "\\" + name, at, end))
        return end
    words = " ".join(found[1].replace("~", " ").replace("\\ ", " ").replace("\\,", " ").split())
    if len(words) == 3 and words[0] == "(" and words[2] == ")":
        words = words[1]
    start, stop = found.start(1), found.end()
    if name == "mathbb" and words in BLACKBOARD:
        add(Token("const", BLACKBOARD[words], at, stop))
    elif words in FUNCTION_WORDS:
        add(Token("func", FUNCTION_WORDS[words], at, stop))
    elif words in CONNECTIVES:
        add(Token(CONNECTIVES[words], words, at, stop))
    elif not words:
        pass
    elif kind == "upright" and len(words) == 1 and (words.isalpha() or words.isdigit()):
        letter = "e" if words == "e" and name == "mathrm" else words
        if words.isdigit():
            add(Token("num", letter, at, stop))
        elif letter == "e":
            add(Token("const", "e", at, stop))
        elif letter == "i" and name == "mathrm":
            add(Token("const", "i", at, stop))
        else:
            add(Token("name", GREEK.get(letter, letter), at, stop))
    elif (counted := COUNTED.fullmatch(words)) is not None:
        middle = start + len(counted[1])
        add(Token("num", counted[1], start, middle))
        add(Token("words", counted[2], middle, stop))
    elif words.replace(".", "").replace(",", "").isdigit() and words[0].isdigit() and words[-1].isdigit():
        add(Token("num", words, start, stop))
    else:
        add(Token("words", words, at, stop))
    return stop


def _environment(tokens: list[Token], text: str, kind: str, at: int, end: int) -> int:
    found = NAME.match(text, end)
    if found is None:
        tokens.append(Token("bad", "\\" + kind, at, end))
        return end
    name, stop = found[1], found.end()
    if name in TRANSPARENT_ENVIRONMENTS:
        if kind == "begin" and name.startswith("alignat"):
            columns = SKIP_ARGUMENT.match(text, stop)
            stop = columns.end() if columns else stop
        return stop
    if name == "array" and kind == "begin":
        columns = COLUMNS.match(text, stop)
        stop = columns.end() if columns else stop
    known = name in MATRIX_ENVIRONMENTS or name in ("array", "cases", "tabular")
    tokens.append(Token(kind if known else "bad", name, at, stop))
    return stop


def _negated(tokens: list[Token], text: str, at: int, end: int) -> int:
    """`\\not=`, `\\not\\in`, `\\not\\equiv`: only those with an operator of their own are read."""
    found = NEGATED.match(text, end)
    if found is None:
        tokens.append(Token("bad", "\\not", at, end))
        return end
    sign = found[1]
    head = {"=": "ne", "\\in": "notin"}.get(sign)
    token = Token("rel", head, at, found.end()) if head else Token("nmid", sign, at, found.end())
    tokens.append(token)
    return found.end()
