"""Operations that a question defines (`a \\star b = a^2 - b`), written as a function of two letters."""

import re
from typing import Final

_SIGNS: Final = (
    r"\\(?:star|otimes|oplus|diamond|odot|ominus|ast|clubsuit|spadesuit|heartsuit|diamondsuit|bigtriangleup|triangle"
    r"|Diamond|bowtie|bullet|dagger|#|\$|&)(?![A-Za-z])|[#@&★☆◇⊕⊗]"
)
_DEFINED: Final = re.compile(rf"(?<![A-Za-z\\])([a-zA-Z])\s*(?:\\[, ;])*({_SIGNS})\s*(?:\\[, ;])*([a-zA-Z])\s*=(?!=)")
_OPERAND: Final = (
    r"(?:-?\d+(?:\.\d+)?|\\frac\{-?\d+\}\{\d+\}|(?<![A-Za-z\\])[a-zA-Z](?![A-Za-z(])|\([^()]{1,40}\)|h\([^()]{1,60}\))"
)
_SPACE: Final = r"\s*(?:\\[, ;])*\s*"
_MOST: Final = 12


def as_functions(question: str) -> str:
    """The question with its one private operation as `h(…, …)`; as it was where it has none, or it could be misread."""
    defined = _DEFINED.search(question)
    if defined is None or re.search(r"(?<![A-Za-z\\])h(?![A-Za-z])", question):
        return question
    sign = re.escape(defined.group(2))
    use = re.compile(rf"({_OPERAND}){_SPACE}{sign}{_SPACE}({_OPERAND})")
    text = question
    for _ in range(_MOST):
        match = use.search(text)
        if match is None:
            break
        text = f"{text[: match.start()]}h\x02{_bare(match.group(1))},{_bare(match.group(2))}\x03{text[match.end() :]}"
        text = re.sub(r"\((h\x02[^()\x02\x03]*\x03)\)", r"\1", text)
        use = re.compile(rf"({_OPERAND}|h\x02[^\x02\x03]*\x03){_SPACE}{sign}{_SPACE}({_OPERAND}|h\x02[^\x02\x03]*\x03)")
    if re.search(sign, text):
        return question
    return text.replace("\x02", "(").replace("\x03", ")")


def _bare(operand: str) -> str:
    return operand[1:-1] if operand.startswith("(") else operand
