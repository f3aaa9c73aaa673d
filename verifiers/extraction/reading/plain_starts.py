"""Where in prose a formula begins, and whether what stands before belongs to it."""

from collections.abc import Sequence

from verifiers.extraction.reading.plain_signs import DASHES, FUNCTIONS, TIMES
from verifiers.extraction.reading.plain_tokens import Token, neighbour
from verifiers.extraction.reading.plain_words import COUNTED, NOT_OPERAND, is_word, numbers


def starts(tokens: Sequence[Token], index: int, floor: int) -> bool:
    """Whether a formula may begin at `index`. The last one ended at `floor`."""
    token = tokens[index]
    previous, following = neighbour(tokens, index, -1), neighbour(tokens, index, 1)
    touching = index > floor and tokens[index - 1].kind in ("num", "word", "post", "close")
    if token.kind in ("num", "cur", "math", "cmd", "rel"):
        if token.kind == "num" and previous is not None:
            if previous.text.lower() in COUNTED:
                return following is not None and (following.kind == "rel" or following.text in "*/×÷·")
            if previous.kind == "num" and len(token.text) == 3:
                return False
            if is_word(previous) and following is not None and following.text == "=" and numbers(previous, token):
                return False
        return True
    if token.kind == "word":
        if token.text in FUNCTIONS:
            return True
        if len(token.text) > 1 or touching:
            return False
        return not (token.text in NOT_OPERAND and is_word(following))
    if token.kind == "open":
        return not is_word(following)
    if token.kind == "op":
        if token.text in "-–—*•+:" and (index == 0 or tokens[index - 1].kind == "other"):
            return token.text in DASHES and index + 1 < len(tokens) and tokens[index + 1].kind == "num"
        if token.text in ":—_•*":
            return False
        return following is not None and not is_word(following)
    return False


def goes_on(tokens: Sequence[Token], first: int, previous: Token) -> bool:
    """Whether the token before `first` is an operator that joins what begins there to something before."""
    if tokens[first].kind == "op":
        return previous.kind == "close"
    if previous.kind == "word" and previous.text in TIMES:
        return True
    if previous.kind != "op" or previous.text in ":—_•":
        return False
    if previous.text in "-–−*+" and previous is tokens[0]:
        return False
    index = first - 1
    while tokens[index] is not previous:
        index -= 1
    before = neighbour(tokens, index, -1)
    return before is not None and before.kind in ("word", "num", "close", "post", "math")
