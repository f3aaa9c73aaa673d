"""How long after the last token of an answer its last verdict comes, while many answers are being written at once.

usage: python -m tests.bench.live_streams [--streams N] [--tokens-per-second N] [--seconds N] [ANSWERS.jsonl.gz ...]
"""

import argparse
import asyncio
import json
import re
import sys
import time

from tests.bench.answers import Answer, read_answers
from tests.bench.serving import Server, connection, serving
from tests.bench.table import percentile, print_table

TOKEN = re.compile(r"\s*(?:\w{1,6}|[^\w\s])")
"""About what a language model's tokenizer makes of English and LaTeX: four characters on average."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*")
    parser.add_argument("--streams", type=int, default=50)
    parser.add_argument("--tokens-per-second", type=float, default=50.0)
    parser.add_argument("--tokens-per-post", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args(arguments)
    answers = read_answers(args.answers, args.streams * args.rounds)
    answers = [answers[n % len(answers)] for n in range(args.streams * args.rounds)]
    with serving() as server:
        idle = asyncio.run(_play(server, answers[: args.streams], 1, args.tokens_per_second, args.tokens_per_post))
        cpu, began = server.tree.cpu_seconds(), time.monotonic()
        delays = asyncio.run(_play(server, answers, args.streams, args.tokens_per_second, args.tokens_per_post))
        seconds = time.monotonic() - began
        share = (server.tree.cpu_seconds() - cpu) / seconds
    print_table(
        ["ms from last token to report", "answers", "median", "p95", "max"],
        [
            [f"{n} at once", len(times), percentile(times, 50), percentile(times, 95), max(times)]
            for n, times in ((1, idle[:5]), (args.streams, delays))
        ],
    )
    tokens = sum(len(_tokens(answer)) for answer in answers)
    print(
        f"{args.tokens_per_second:g} tokens/s a stream, {args.tokens_per_post} a request; {tokens} tokens in "
        f"{seconds:.0f} s; the server took {100 * share:.0f}% of one core. Aim: median 150 ms, p95 600 ms"
    )


async def _play(server: Server, answers: list[Answer], at_once: int, rate: float, per_post: int) -> list[float]:
    """Milliseconds for each answer, at most `at_once` of them under way."""
    slots = asyncio.Semaphore(at_once)
    answers = answers if at_once > 1 else answers[:5]

    async def one(n: int, answer: Answer) -> float:
        async with slots:
            await asyncio.sleep(0 if at_once == 1 else (n % at_once) / at_once * per_post / rate)
            return await _stream(server.port, answer, rate, per_post)

    return list(await asyncio.gather(*(one(n, answer) for n, answer in enumerate(answers))))


def _tokens(answer: Answer) -> list[tuple[bool, str]]:
    """Each token, with whether it begins a step."""
    return [(at == 0, token) for step in answer.steps for at, token in enumerate(TOKEN.findall(step) or [step])]


async def _stream(port: int, answer: Answer, rate: float, per_post: int) -> float:
    tokens = _tokens(answer)
    async with connection(port) as line, connection(port) as ear:
        _, body = await line.ask("POST", "/v1/checks", json.dumps({"question": answer.question}).encode())
        check = json.loads(body)["id"]
        ended = asyncio.create_task(_end(ear.stream(f"/v1/checks/{check}/events")))
        began, seq = time.monotonic(), 0
        for at in range(0, len(tokens), per_post):
            await asyncio.sleep(max(0.0, began + min(at + per_post, len(tokens)) / rate - time.monotonic()))
            last = at + per_post >= len(tokens)
            for text, step, final in _pieces(tokens[at : at + per_post], last):
                piece = {"seq": seq, "text": text, "step": step, "final": final}
                sent = time.monotonic()
                status, said = await line.ask("POST", f"/v1/checks/{check}/chunks", json.dumps(piece).encode())
                if status != 200:
                    raise RuntimeError(f"{status}: {said.decode()}")
                seq += 1
        return (await ended - sent) * 1000


def _pieces(tokens: list[tuple[bool, str]], last: bool) -> list[tuple[str, bool, bool]]:
    """One request for each step that the tokens belong to."""
    pieces: list[tuple[str, bool]] = []
    for begins, token in tokens:
        if begins or not pieces:
            pieces.append((token, begins))
        else:
            pieces[-1] = (pieces[-1][0] + token, pieces[-1][1])
    return [(text, step, last and n == len(pieces) - 1) for n, (text, step) in enumerate(pieces)]


async def _end(lines: "asyncio.AsyncIterator[bytes]") -> float:  # type: ignore[name-defined]
    """When the report came."""
    async for line in lines:
        if line.startswith(b"event: report"):
            return time.monotonic()
    raise RuntimeError("no report")


if __name__ == "__main__":
    main(sys.argv[1:])
