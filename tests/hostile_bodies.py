"""Requests that nobody in their right mind sends, and what becomes of a server that gets them."""

import asyncio
import json
import random
import string
from collections import Counter
from typing import Any, Final

PATHS: Final = ("/v1/check", "/v1/checks", "/v1/check/batch", "/v1/compare", "/v1/entail", "/v1/checks/0-none/chunks")
KINDS: Final = (*["application/json"] * 9, "application/x-ndjson", "text/plain", "")
GOOD: Final[tuple[tuple[str, Any], ...]] = (
    (
        "/v1/check",
        {"question": "Solve $x^2 = 7x$.", "answer": "We divide by $x$ and get $x = 7$. Also 37 * 48 = 1,776."},
    ),
    ("/v1/check", {"steps": ["2 + 2 = 4", "So $\\frac{d}{dx} x^3 = 3x$.", "91 is prime."], "id": 7}),
    ("/v1/check/batch", [{"answer": "2 + 2 = 5"}, {"steps": ["The median of 3, 1, 7 and 9 is 7."]}]),
    ("/v1/compare", {"gold": "\\frac{1}{2}", "pred": "0.5", "options": {"decimals": 3}}),
    (
        "/v1/entail",
        {"premises": ["forall x (P(x) -> Q(x))", {"formula": "P(a)", "text": "it is"}], "conclusion": "Q(a)"},
    ),
    ("/v1/checks/0-none/chunks", {"seq": 0, "text": "2 + 2 = 5. ", "step": True}),
)
_DOCUMENTS: Final = (
    "forall x (P(x) -> Q(x))\nP(a)\ntherefore Q(a)\n",
    "(declare-fun p () Bool)(assert (=> p p))(check-sat)",
)
_SIGNS: Final = '{}[]",:\\0123456789eE.+-truefalsn \n\t\x00'
_ODD: Final = (
    "P(a) -> " * 2_000, "P(a) <-> " * 900, "~" * 150, "(=> p " * 90, "a = " + "7" * 4_500,
    "\x00", "\ufffd", "\u202e", "\ud7ff", "𝔘", "9" * 400, "1e400", "^" * 60, "\\frac{" * 40, "(" * 300, "∀x " * 50,
    "9**9**9**9", "factorial(10**9)", "$" * 99, "\\begin{matrix}", "2 + 2 = ", "=" * 100, "NaN", "-0", "\r\n\r\n",
)  # fmt: skip


def body(value: Any, random_: random.Random) -> bytes:
    """Noise, broken JSON, or the JSON of `value` with some of it changed."""
    good = json.dumps(value).encode()
    match random_.randrange(8):
        case 0:
            return random_.randbytes(random_.randrange(400))
        case 1:
            return "".join(random_.choices(_SIGNS, k=random_.randrange(400))).encode()
        case 2:
            return good[: random_.randrange(len(good))]
        case 3:
            changed = bytearray(good)
            for _ in range(random_.randrange(1, 6)):
                changed[random_.randrange(len(changed))] = random_.randrange(256)
            return bytes(changed)
        case 4:
            return str(_changed(random_.choice(_DOCUMENTS), random_)).encode("utf-8", "surrogatepass")
        case 5:
            depth = random_.choice((10, 1_000, 100_000))
            return b'{"answer": ' + b"[" * depth + b"]" * random_.choice((0, depth)) + b"}"
        case _:
            return json.dumps(_changed(value, random_), ensure_ascii=random_.random() < 0.5).encode(
                "utf-8", "surrogatepass"
            )


def _changed(value: Any, random_: random.Random) -> Any:
    if random_.random() < 0.04:
        return random_.choice([None, True, -1, 2**70, 1.5, "", [], {}, {"a": []}, random_.choice(_ODD)])
    if isinstance(value, dict):
        return {key if random_.random() < 0.95 else key[::-1]: _changed(item, random_) for key, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, random_) for item in value] * random_.choice((1, 1, 2))
    if isinstance(value, str):
        at = random_.randrange(len(value) + 1)
        odd = random_.choice([*_ODD, "".join(random_.choices(string.printable, k=9))])
        return value[:at] + odd + value[at:]
    return value


def request(random_: random.Random) -> tuple[bytes, bool]:
    """Bytes of a connection; now and then they are no HTTP, or lie about their length. Then nothing may come back, and
    the caller does not wait for it: the second value is False.
    """
    path, value = random_.choice(GOOD)
    if random_.random() < 0.2:
        path = random_.choice(PATHS)
    sent = body(value, random_)
    if random_.random() < 0.03:
        return random_.randbytes(200) + b"\r\n\r\n", False
    length = len(sent) if random_.random() < 0.95 else random_.choice((0, 5, len(sent) + 50, 10**15, -1))
    head = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {length}"]
    if kind := random_.choice(KINDS):
        head.append(f"Content-Type: {kind}")
    if random_.random() < 0.1:
        head.append(
            f"X-Pramana-Student: {''.join(random_.choices(string.printable[:94], k=random_.choice((0, 9, 300))))}"
        )
    if random_.random() < 0.1:
        head.append("Accept: text/event-stream")
    return "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + sent, length == len(sent)


async def throw(port: int, count: int, seed: int, at_once: int = 16) -> Counter[int]:
    """Sends so many; how often which status came back, 0 for none."""
    random_ = random.Random(seed)
    statuses: Counter[int] = Counter()
    turns = asyncio.Semaphore(at_once)

    async def one(data: bytes, waits: bool) -> None:
        async with turns:
            statuses[await _status(port, data, waits)] += 1

    await asyncio.gather(*(one(*request(random_)) for _ in range(count)))
    return statuses


async def _status(port: int, data: bytes, waits: bool) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        if not waits:
            writer.write_eof()
        line = await reader.readline()
        await reader.read()
        return int(line.split()[1]) if line.startswith(b"HTTP/1.1 ") else 0
    except (OSError, IndexError, ValueError):
        return 0
    finally:
        writer.close()
