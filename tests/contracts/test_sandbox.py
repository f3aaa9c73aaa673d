"""One contract for every `Sandbox`; then what only real processes can promise."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from verifiers.checker import Checker, CheckerConfig
from verifiers.claims import Arithmetic, Claim, Span
from verifiers.expr import app, decode_hook, num
from verifiers.protocol import Budget
from verifiers.requests import VerifyRequest
from verifiers.sandbox import Failure, InlineSandbox, PoolConfig, ProcessSandbox, Sandbox, SandboxError
from verifiers.verdicts import Checked, Label, Reason, encode


def claim(left: int, right: int, said: int) -> Claim:
    relation = app("eq", app("add", num(left), num(right)), num(said))
    return Claim(span=Span(0, 0, 1), text=f"{left} + {right} = {said}", formula=Arithmetic(relation=relation))


def request(*claims: Claim) -> bytes:
    return encode(VerifyRequest(claims, Budget()))


@pytest.fixture(params=["inline", "processes"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    made: Sandbox = InlineSandbox() if request.param == "inline" else ProcessSandbox(PoolConfig(processes=1))
    yield made
    made.close()


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessSandbox]:
    made = ProcessSandbox(PoolConfig(processes=2))
    yield made
    made.close()


def labels(frames: Iterator[bytes]) -> list[Label]:
    return [msgspec.json.decode(f, type=Checked, dec_hook=decode_hook).verdict.label for f in frames]


def only(frames: Iterator[bytes]) -> bytes:
    (frame,) = frames
    return frame


def test_frames_come_in_the_order_of_the_request(sandbox: Sandbox) -> None:
    frames = sandbox.run("verify", request(claim(1, 1, 2), claim(1, 1, 3), claim(2, 2, 4)), 10)
    assert labels(frames) == [Label.SUPPORTED, Label.REFUTED, Label.SUPPORTED]


def test_an_empty_request_gives_no_frames(sandbox: Sandbox) -> None:
    assert list(sandbox.run("verify", request(), 10)) == []


def test_a_request_may_follow_another(sandbox: Sandbox) -> None:
    for _ in range(3):
        assert labels(sandbox.run("verify", request(claim(1, 1, 2)), 10)) == [Label.SUPPORTED]


def test_an_unfinished_iterator_does_no_harm(sandbox: Sandbox) -> None:
    frames = sandbox.run("verify", request(claim(1, 1, 2), claim(1, 1, 2)), 10)
    next(frames)
    frames.close()
    assert labels(sandbox.run("verify", request(claim(1, 1, 3)), 10)) == [Label.REFUTED]


def test_a_late_frame_is_a_timeout_and_the_next_request_is_served(pool: ProcessSandbox) -> None:
    with pytest.raises(SandboxError) as caught:
        list(pool.run("sleep", b"30", 0.2))
    assert caught.value.failure is Failure.TIMEOUT
    assert labels(pool.run("verify", request(claim(1, 1, 2)), 10)) == [Label.SUPPORTED]


def test_an_allocation_beyond_the_limit_is_a_failure_of_memory(pool: ProcessSandbox) -> None:
    with pytest.raises(SandboxError) as caught:
        list(pool.run("allocate", str(8 * 2**30).encode(), 20))
    assert caught.value.failure is Failure.MEMORY
    assert labels(pool.run("verify", request(claim(1, 1, 2)), 10)) == [Label.SUPPORTED]


def test_a_process_that_dies_is_a_crash_and_is_replaced(pool: ProcessSandbox) -> None:
    for _ in range(2):
        with pytest.raises(SandboxError) as caught:
            list(pool.run("die", b"9", 10))
        assert caught.value.failure is Failure.CRASHED
        assert "signal 9" in caught.value.detail
    assert labels(pool.run("verify", request(claim(1, 1, 2)), 10)) == [Label.SUPPORTED]


def test_a_request_that_is_none_is_a_crash_not_a_hang(pool: ProcessSandbox) -> None:
    for operation, payload in (("verify", b"{"), ("no such operation", b"{}")):
        with pytest.raises(SandboxError) as caught:
            list(pool.run(operation, payload, 10))
        assert caught.value.failure is Failure.CRASHED


def test_neighbours_of_a_killed_check_are_untouched(pool: ProcessSandbox) -> None:
    results: list[list[Label]] = []
    failures: list[Failure] = []

    def late() -> None:
        try:
            list(pool.run("sleep", b"30", 0.3))
        except SandboxError as error:
            failures.append(error.failure)

    def fine() -> None:
        results.extend(labels(pool.run("verify", request(claim(1, 1, 2)), 10)) for _ in range(20))

    threads = [threading.Thread(target=late), threading.Thread(target=fine)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [Failure.TIMEOUT]
    assert results == [[Label.SUPPORTED]] * 20


def test_many_threads_share_a_few_processes(pool: ProcessSandbox) -> None:
    got: list[list[Label]] = []
    lock = threading.Lock()

    def ask(n: int) -> None:
        answer = labels(pool.run("verify", request(claim(n, n, 2 * n), claim(n, n, 2 * n + 1)), 30))
        with lock:
            got.append(answer)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [[Label.SUPPORTED, Label.REFUTED]] * 24


def test_it_serves_asyncio(pool: ProcessSandbox) -> None:
    async def ask() -> list[list[Label]]:
        runs = (asyncio.to_thread(lambda: labels(pool.run("verify", request(claim(1, 2, 3)), 30))) for _ in range(6))
        return list(await asyncio.gather(*runs))

    assert asyncio.run(ask()) == [[Label.SUPPORTED]] * 6


def test_a_worker_is_replaced_after_its_share_of_requests() -> None:
    pool = ProcessSandbox(PoolConfig(processes=1, requests=2))
    pids = [only(pool.run("pid", b"", 30)) for _ in range(5)]
    pool.close()
    assert len(set(pids)) == 3


def test_a_closed_pool_says_so() -> None:
    pool = ProcessSandbox(PoolConfig(processes=1))
    assert labels(pool.run("verify", request(claim(1, 1, 2)), 30)) == [Label.SUPPORTED]
    pool.close()
    with pytest.raises(SandboxError, match="closed"):
        list(pool.run("verify", request(), 1))


def test_a_killed_check_costs_its_own_verdict_only() -> None:
    """The process is killed from outside in the middle of an answer; the others' verdicts arrive all the same."""
    with Checker(CheckerConfig(pool=PoolConfig(processes=1))) as checker:
        assert [c.verdict.label for c in checker.check_claims([claim(1, 1, 2)])] == [Label.SUPPORTED]
        checker = Checker(CheckerConfig(), _DiesOnSecond())
        done = checker.check_claims([claim(1, 1, 2), claim(1, 1, 3), claim(1, 1, 3)])
    assert [c.verdict.label for c in done] == [Label.SUPPORTED, Label.UNDECIDED, Label.REFUTED]
    assert done[1].verdict.reason is Reason.TIMEOUT


class _DiesOnSecond(InlineSandbox):
    """Lets one frame through, then times out, once."""

    def __init__(self) -> None:
        self.died = False

    def run(self, operation: str, payload: bytes, seconds: float, first: float | None = None):  # type: ignore[no-untyped-def]
        for n, frame in enumerate(super().run(operation, payload, seconds, first)):
            if n == 1 and not self.died:
                self.died = True
                raise SandboxError(Failure.TIMEOUT, "late")
            yield frame


def test_a_script_without_a_main_guard_can_use_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from verifiers import check_answer\nprint(check_answer('', '16 - 3 = 14').label.value)\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.stdout == "refuted\n", done.stderr


def test_nothing_is_left_behind_when_the_caller_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from verifiers.sandbox import *\n"
        "pool = ProcessSandbox(PoolConfig(processes=1))\n"
        "print(next(pool.run('pid', b'', 60)).decode(), flush=True)\n"
        "list(pool.run('sleep', b'600', 600))\n"
    )
    caller = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert caller.stdout is not None
    worker = int(caller.stdout.readline())
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    caller.stdout.close()
    ended = threading.Event()
    threading.Thread(target=_wait_for_end, args=(worker, ended), daemon=True).start()
    assert ended.wait(30), "the sandbox process outlived its caller"


def _wait_for_end(pid: int, ended: threading.Event) -> None:
    pause = threading.Event()
    while Path(f"/proc/{pid}").exists() and _state(pid) not in "ZX":
        pause.wait(0.05)
    ended.set()


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def test_rows_are_written_by_one_process() -> None:
    pool = ProcessSandbox()
    with Checker(sandbox=pool) as checker:
        pids = set()
        for _ in range(3):
            checker.check_row(1, "", ["1 + 1 = 2"])
            pids.update(pool.run("pid", b"", 10))
    assert len(pids) == 1
