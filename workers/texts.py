"""Texts as bytes, whatever is in them: PostgreSQL keeps no NUL in its text columns and UTF-8 no lone surrogate."""

import json

from workers.work import Answer


def encode_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def decode_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def encode_answer(answer: Answer) -> bytes:
    """JSON, and readable: whoever searches the store for somebody's words finds them."""
    fields = [answer.id, answer.question, *answer.steps]
    return encode_text(json.dumps(fields, ensure_ascii=False, separators=(",", ":")))


def decode_answer(data: bytes) -> Answer:
    id_, question, *steps = json.loads(decode_text(data))
    return Answer(id=id_, question=question, steps=tuple(steps))
