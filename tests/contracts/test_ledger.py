"""One contract for every `Ledger`; then what only a database can promise."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from tests.postgres import fresh_database
from tutor.store import engine as engines
from tutor.store.engine import make_engine
from tutor.store.migrate import upgrade
from workers.errors import UnavailableError, UnknownJobError
from workers.ledger import Chunk, ItemReport, Job, JobKind, JobState, Ledger
from workers.memory_ledger import MemoryLedger
from workers.principal import Principal
from workers.sql_ledger import SqlLedger
from workers.tables import LATE_VERDICTS, metadata
from workers.work import Answer

MIRA = Principal(tenant="school", key="k1", student="mira", scopes=frozenset({"check", "batch"}))
TOM = Principal(tenant="school", key="k1", student="tom")
WORDS = "Mira counts 17 pomegranates"
HOSTILE = [
    "",
    "\0",
    "nul\0in the middle",
    "\ud800 alone, and a pair written as two: \ud83d\ude00",
    "😀 e\u0301 \u202ertl\u202c ￿ \U0010ffff",
    "back\\slash \\x00 \\ud800 'quote' \"quote\" %s ? :name $1 {} \r\n\t\x1b[31m",
    "x" * 2**20,
    "π" * 2**19,
]
NAMES = count()


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with fresh_database() as made:
        upgrade(make_engine(made))
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return empty(request, request.param)


@pytest.fixture
def sql_ledger(url: str) -> Iterator[SqlLedger]:
    made = SqlLedger(make_engine(url))
    yield made
    made.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    made = MemoryLedger() if request.param == "memory" else SqlLedger(make_engine(empty(request, request.param)))
    yield made
    made.close()


def empty(request: pytest.FixtureRequest, kind: str) -> str:
    """The URL of a database with tables and nothing in them."""
    if kind == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('tmp_path') / 'ledger.db'}"
        upgrade(make_engine(url))
    else:
        url = request.getfixturevalue("postgres")
        with psycopg.connect(url) as connection:
            connection.execute(f"TRUNCATE {', '.join(metadata.tables)}".encode())
    return url


def job(total: int = 1, *, principal: Principal = MIRA, kind: JobKind = JobKind.BATCH, created: float = 1.0) -> Job:
    return Job(id=f"job-{next(NAMES)}", kind=kind, principal=principal, created=created, total=total)


def answers(number: int) -> list[Answer]:
    return [Answer(steps=(f"{WORDS} in step {n}", "then more"), question=f"{WORDS}?", id=n) for n in range(number)]


def opened(ledger: Ledger, total: int = 1, *, owner: str = "a", until: float = 100.0, **more: Any) -> Job:
    made = job(total, **more)
    ledger.open(made, answers(total), owner, until)
    return made


def report(n: int, label: str = "supported", row: bytes | None = b"{}") -> ItemReport:
    return ItemReport(n=n, label=label, row=row)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls return that begin at the same moment, each in a thread of its own."""
    gate = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(n: int) -> None:
        gate.wait()
        results[n] = calls[n]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


# Jobs and their answers


def test_a_job_is_found_as_it_was_opened_and_only_by_its_tenant(ledger: Ledger) -> None:
    made = opened(ledger, 3)
    assert ledger.job(made.id, "school") == made
    assert ledger.job(made.id, "another") is None
    assert ledger.job("no such job", "school") is None


def test_opening_an_id_again_changes_nothing(ledger: Ledger) -> None:
    made = opened(ledger, 2)
    other = Job(id=made.id, kind=JobKind.CHECK, principal=TOM, created=9.0, total=3)
    ledger.open(other, [Answer(steps=("another",))] * 3, "b", 200.0)
    assert ledger.job(made.id, "school") == made
    assert [item.answer for item in ledger.open_items(made.id, -1, 10)] == answers(2)


def test_jobs_are_listed_newest_first(ledger: Ledger) -> None:
    early, late = opened(ledger, created=1.0), opened(ledger, created=2.0)
    opened(ledger, created=3.0, principal=Principal(tenant="another"))
    assert [found.id for found in ledger.jobs("school", 10)] == [late.id, early.id]
    assert [found.id for found in ledger.jobs("school", 1)] == [late.id]


def test_answers_come_back_in_order_and_page_by_page(ledger: Ledger) -> None:
    made = opened(ledger, 5)
    items = ledger.open_items(made.id, -1, 3)
    assert [item.n for item in items] == [0, 1, 2]
    assert [item.answer for item in items] == answers(5)[:3]
    assert [item.n for item in ledger.open_items(made.id, 2, 10)] == [3, 4]
    assert ledger.open_items("no such job", -1, 10) == []


def test_a_large_batch_is_opened_whole(ledger: Ledger) -> None:
    made = opened(ledger, 10_000)
    assert len(ledger.open_items(made.id, -1, 20_000)) == 10_000
    assert ledger.open_items(made.id, 9_998, 10)[0].answer == answers(10_000)[9_999]


def test_more_answers_than_the_job_counts_are_refused(ledger: Ledger) -> None:
    made = job(1)
    with pytest.raises(ValueError, match="cannot hold 2"):
        ledger.open(made, answers(2), "a", 100.0)
    assert ledger.job(made.id, "school") is None


def test_answers_remember_the_task_they_were_last_packed_into(ledger: Ledger) -> None:
    made = opened(ledger, 3)
    ledger.assign(made.id, "task-1", [0, 2])
    ledger.assign(made.id, "task-2", [2])
    assert [item.task for item in ledger.open_items(made.id, -1, 10)] == ["task-1", "", "task-2"]


def test_all_tasks_that_carried_a_students_texts_are_known(ledger: Ledger) -> None:
    mine, other = opened(ledger, 2), opened(ledger, 2, principal=TOM)
    ledger.assign(mine.id, "task-1", [0, 1])
    ledger.assign(mine.id, "task-2", [1])
    ledger.assign(mine.id, "task-3", [])
    ledger.assign(mine.id, "task-3", [])
    ledger.assign(other.id, "task-4", [0])
    assert sorted(ledger.tasks_of("school", "mira")) == ["task-1", "task-2", "task-3"]
    assert ledger.tasks_of("another", "mira") == []


# Reports


def test_reports_close_their_answers_and_at_last_the_job(ledger: Ledger) -> None:
    made = opened(ledger, 3)
    assert ledger.record(made.id, [report(1, "refuted", b'{"n":1}')], 5.0) == 1
    found = ledger.job(made.id, "school")
    assert found is not None
    assert (found.state, found.done, found.labels, found.finished) == (JobState.OPEN, 1, {"refuted": 1}, None)
    assert [item.n for item in ledger.open_items(made.id, -1, 10)] == [0, 2]
    assert ledger.record(made.id, [report(2), report(0)], 6.0) == 2
    found = ledger.job(made.id, "school")
    assert found is not None
    assert (found.state, found.done, found.finished) == (JobState.DONE, 3, 6.0)
    assert found.labels == {"refuted": 1, "supported": 2}
    assert ledger.open_items(made.id, -1, 10) == []
    assert ledger.reports(made.id, 0, 10) == [report(0), report(1, "refuted", b'{"n":1}'), report(2)]
    assert ledger.reports(made.id, 1, 1) == [report(1, "refuted", b'{"n":1}')]


def test_a_report_is_immutable(ledger: Ledger) -> None:
    made = opened(ledger, 2)
    assert ledger.record(made.id, [report(0, "supported", b"first"), report(0, "refuted", b"second")], 5.0) == 1
    assert ledger.record(made.id, [report(0, "refuted", b"third")], 6.0) == 0
    assert ledger.record(made.id, [report(0, "refuted", b"fourth"), report(1)], 7.0) == 1
    assert ledger.record(made.id, [report(1, "refuted", b"late")], 8.0) == 0
    assert ledger.reports(made.id, 0, 10) == [report(0, "supported", b"first"), report(1)]
    found = ledger.job(made.id, "school")
    assert found is not None
    assert (found.done, found.labels, found.finished) == (2, {"supported": 2}, 7.0)


def test_a_report_on_an_answer_that_is_not_there_is_refused_whole(ledger: Ledger) -> None:
    made = opened(ledger, 2)
    for n in (-1, 2):
        with pytest.raises(ValueError, match="answers 0 to 1"):
            ledger.record(made.id, [report(0), report(n)], 5.0)
    assert ledger.reports(made.id, -5, 10) == []


def test_what_is_written_to_an_unknown_job_is_an_error(ledger: Ledger) -> None:
    with pytest.raises(UnknownJobError):
        ledger.record("none", [report(0)], 5.0)
    with pytest.raises(UnknownJobError):
        ledger.assign("none", "task", [0])
    with pytest.raises(UnknownJobError):
        ledger.add_chunk("none", Chunk(seq=0, text="a"))
    with pytest.raises(UnknownJobError):
        ledger.record_late("none", 0, 0, "supported", "proved", 5.0)
    assert ledger.reports("none", 0, 10) == []
    assert ledger.chunks("none") == []
    assert not ledger.cancel("none", 5.0)


def test_a_late_verdict_changes_no_report(ledger: Ledger) -> None:
    made = opened(ledger)
    ledger.record(made.id, [report(0, "undecided")], 5.0)
    before = ledger.job(made.id, "school")
    ledger.record_late(made.id, 0, 2, "supported", "proved", 6.0)
    ledger.record_late(made.id, 0, 2, "supported", "proved", 7.0)
    assert ledger.job(made.id, "school") == before
    assert ledger.reports(made.id, 0, 10) == [report(0, "undecided")]


def test_a_cancelled_job_takes_nothing_more(ledger: Ledger) -> None:
    made = opened(ledger, 2)
    ledger.record(made.id, [report(0)], 5.0)
    assert ledger.cancel(made.id, 6.0)
    assert not ledger.cancel(made.id, 7.0)
    assert ledger.record(made.id, [report(1)], 8.0) == 0
    assert not ledger.add_chunk(made.id, Chunk(seq=0, text="a"))
    assert ledger.open_items(made.id, -1, 10) == []
    assert ledger.reports(made.id, 0, 10) == [report(0)]
    found = ledger.job(made.id, "school")
    assert found is not None
    assert (found.state, found.done, found.finished) == (JobState.CANCELLED, 1, 6.0)


def test_a_job_that_is_done_cannot_be_cancelled(ledger: Ledger) -> None:
    made = opened(ledger)
    ledger.record(made.id, [report(0)], 5.0)
    assert not ledger.cancel(made.id, 6.0)


# Live answers


def test_chunks_come_back_by_sequence_number_each_once(ledger: Ledger) -> None:
    made = job(1, kind=JobKind.LIVE)
    ledger.open(made, [], "a", 100.0)
    pieces = [Chunk(seq=7, text=" pears", final=True), Chunk(seq=0, text="3 + 4"), Chunk(seq=2**40, text="", step=True)]
    assert all(ledger.add_chunk(made.id, piece) for piece in pieces)
    assert not ledger.add_chunk(made.id, Chunk(seq=0, text="another text"))
    assert ledger.chunks(made.id) == [pieces[1], pieces[0], pieces[2]]
    assert ledger.record(made.id, [report(0)], 5.0) == 1
    assert not ledger.add_chunk(made.id, Chunk(seq=8, text="too late"))


# Owners


def test_jobs_of_a_silent_owner_are_adopted_once(ledger: Ledger) -> None:
    batch = opened(ledger, created=2.0, until=10.0)
    live = opened(ledger, created=1.0, until=10.0, kind=JobKind.LIVE)
    done = opened(ledger, until=10.0)
    ledger.record(done.id, [report(0)], 5.0)
    cancelled = opened(ledger, until=10.0)
    ledger.cancel(cancelled.id, 5.0)
    assert ledger.adopt("b", 10.0, 20.0) == []
    assert ledger.adopt("b", 10.5, 20.0) == [live, batch]
    assert ledger.adopt("b", 10.5, 20.0) == []
    assert ledger.adopt("c", 19.0, 30.0) == []
    assert ledger.adopt("c", 20.5, 30.0) == [live, batch]


def test_an_owner_that_renews_keeps_its_jobs(ledger: Ledger) -> None:
    made = opened(ledger, until=10.0)
    ledger.renew("a", 20.0)
    assert ledger.adopt("b", 15.0, 30.0) == []
    assert ledger.adopt("b", 21.0, 30.0) == [made]
    ledger.renew("a", 40.0)
    assert ledger.adopt("a", 25.0, 40.0) == []


def test_an_owner_does_not_adopt_its_own(ledger: Ledger) -> None:
    opened(ledger, until=10.0)
    assert ledger.adopt("a", 15.0, 20.0) == []


# Erasure


def test_erasure_takes_every_text_of_the_student_and_leaves_ids_and_labels(ledger: Ledger) -> None:
    done, half = opened(ledger, 2), opened(ledger, 2)
    live = job(1, kind=JobKind.LIVE)
    ledger.open(live, [], "a", 100.0)
    ledger.add_chunk(live.id, Chunk(seq=0, text=WORDS))
    ledger.record(done.id, [report(0, row=WORDS.encode()), report(1, "refuted", None)], 5.0)
    ledger.record(half.id, [report(0, row=WORDS.encode())], 5.0)
    assert ledger.erase("school", "mira", 6.0) == 2 + 2 + 1 + 2
    assert ledger.reports(done.id, 0, 10) == [report(0, row=None), report(1, "refuted", None)]
    assert ledger.chunks(live.id) == []
    found = ledger.job(done.id, "school")
    assert found is not None
    assert (found.state, found.labels) == (JobState.DONE, {"supported": 1, "refuted": 1})
    assert ledger.erase("school", "mira", 7.0) == 0


def test_what_comes_after_erasure_brings_no_text_back(ledger: Ledger) -> None:
    batch, live = opened(ledger, 2), job(1, kind=JobKind.LIVE)
    ledger.open(live, [], "a", 100.0)
    ledger.add_chunk(live.id, Chunk(seq=0, text=WORDS))
    ledger.erase("school", "mira", 6.0)
    for made in (batch, live):
        found = ledger.job(made.id, "school")
        assert found is not None
        assert (found.state, found.finished) == (JobState.CANCELLED, 6.0)
    assert ledger.record(batch.id, [report(0, row=WORDS.encode())], 7.0) == 0
    assert not ledger.add_chunk(live.id, Chunk(seq=0, text=WORDS))
    assert not ledger.add_chunk(live.id, Chunk(seq=1, text=WORDS))
    assert ledger.open_items(batch.id, -1, 10) == []
    assert ledger.adopt("b", 200.0, 300.0) == []
    assert ledger.erase("school", "mira", 8.0) == 0


def test_erasure_touches_nobody_else(ledger: Ledger) -> None:
    tom = opened(ledger, 2, principal=TOM)
    namesake = opened(ledger, 2, principal=Principal(tenant="another", student="mira"))
    nobody = opened(ledger, 2, principal=Principal(tenant="school", student=None))
    opened(ledger, 2)
    assert ledger.erase("school", "mira", 5.0) == 2
    for made in (tom, namesake, nobody):
        assert [item.answer for item in ledger.open_items(made.id, -1, 10)] == answers(2)


# Hostile texts and names


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_any_text_comes_back_as_it_was(ledger: Ledger, text: str) -> None:
    answer = Answer(steps=(text, "", text), question=text, id=text[:100])
    made = job(2)
    ledger.open(made, [answer, Answer(steps=(), id=-(2**70))], "a", 100.0)
    assert [item.answer for item in ledger.open_items(made.id, -1, 10)] == [answer, Answer(steps=(), id=-(2**70))]
    assert ledger.add_chunk(made.id, Chunk(seq=0, text=text))
    assert ledger.chunks(made.id) == [Chunk(seq=0, text=text)]
    row = text.encode("utf-8", "surrogatepass")
    ledger.record(made.id, [report(0, row=row)], 5.0)
    assert ledger.reports(made.id, 0, 10) == [report(0, row=row)]


@pytest.mark.parametrize("name", [text[:200] for text in HOSTILE], ids=lambda text: repr(text[:12]))
def test_any_name_is_only_itself(ledger: Ledger, name: str) -> None:
    principal = Principal(tenant=name, key=name, student=name)
    made = Job(id=name, kind=JobKind.CHECK, principal=principal, created=1.0, total=1)
    others = [Principal(tenant=name, student=other[:200]) for other in HOSTILE if other[:200] != name]
    for other in others:
        opened(ledger, principal=other)
    assert ledger.job(name, name) is None
    ledger.open(made, answers(1), name, 10.0)
    ledger.assign(name, name, [0])
    assert ledger.job(name, name) == made
    assert ledger.tasks_of(name, name) == [name]
    assert ledger.adopt(name + "!", 11.0, 20.0) == [made]
    assert ledger.erase(name, name, 12.0) == 1


# Races


def test_of_reports_that_race_exactly_one_stays(ledger: Ledger) -> None:
    made = opened(ledger, 60)

    def write(writer: int) -> int:
        order = range(60) if writer % 2 else range(59, -1, -1)
        return sum(ledger.record(made.id, [report(n, f"by-{writer}", b"%d" % writer)], float(writer)) for n in order)

    new = together(*(lambda w=w: write(w) for w in range(6)))
    assert sum(new) == 60
    reports = ledger.reports(made.id, 0, 100)
    assert len(reports) == 60
    assert all(found.row == found.label.removeprefix("by-").encode() for found in reports)
    counted = ledger.job(made.id, "school")
    assert counted is not None
    assert counted.state is JobState.DONE
    assert counted.labels == {f"by-{writer}": number for writer, number in enumerate(new) if number}


def test_of_owners_that_race_each_job_has_one(ledger: Ledger) -> None:
    jobs = [opened(ledger, until=10.0) for _ in range(30)]
    # Some of the rivals have been silent for long themselves.
    ledger.renew("rival-0", 5.0)
    ledger.renew("rival-1", 5.0)
    adopted = together(*(lambda n=n: ledger.adopt(f"rival-{n}", 11.0, 20.0) for n in range(6)))
    assert sorted(one.id for own in adopted for one in own) == sorted(one.id for one in jobs)


def test_of_chunks_and_openings_that_race_one_stays(ledger: Ledger) -> None:
    made = job(1, kind=JobKind.LIVE)
    together(*(lambda: ledger.open(made, answers(1), "a", 100.0) for _ in range(6)))
    assert len(ledger.open_items(made.id, -1, 10)) == 1
    new = together(*(lambda n=n: ledger.add_chunk(made.id, Chunk(seq=0, text=str(n))) for n in range(6)))
    assert sum(new) == 1
    assert ledger.chunks(made.id)[0].text == str(new.index(True))


def test_reports_that_race_with_erasure_leave_no_text(ledger: Ledger) -> None:
    made = opened(ledger, 100)

    def write() -> None:
        for n in range(100):
            ledger.record(made.id, [report(n, row=WORDS.encode())], 5.0)

    together(write, write, lambda: ledger.erase("school", "mira", 6.0), lambda: ledger.adopt("b", 200.0, 300.0))
    assert {found.row for found in ledger.reports(made.id, 0, 1_000)} <= {None}
    assert ledger.erase("school", "mira", 7.0) == 0


# What only a database can promise

RIVAL = """
import sys
from tutor.store.engine import make_engine
from workers.ledger import ItemReport
from workers.sql_ledger import SqlLedger
url, me, job = sys.argv[1:]
ledger = SqlLedger(make_engine(url))
ledger.job(job, "school")
print("ready", flush=True)
sys.stdin.readline()
print(len(ledger.adopt(me, 11.0, 20.0)))
print(sum(ledger.record(job, [ItemReport(n=n, label=me, row=me.encode())], 5.0) for n in range(200)), flush=True)
"""
DOOMED = """
import sys
from tutor.store.engine import make_engine
from workers.ledger import ItemReport
from workers.sql_ledger import SqlLedger
url, job = sys.argv[1:]
ledger = SqlLedger(make_engine(url))
for n in range(0, 100_000, 5):
    ledger.record(job, [ItemReport(n=m, label="supported", row=b"%d" % m) for m in range(n, n + 5)], 5.0)
    print(n, flush=True)
"""


def process(script: str, *arguments: str) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_processes_share_a_database(sql_ledger: SqlLedger, url: str) -> None:
    jobs = [opened(sql_ledger, 200, until=10.0) for _ in range(5)]
    rivals = [process(RIVAL, url, f"rival-{n}", jobs[0].id) for n in range(2)]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    said = [rival.communicate(timeout=60)[0].split() for rival in rivals]
    assert sorted(int(adopted) for adopted, _ in said) == [0, 5]
    assert sum(int(recorded) for _, recorded in said) == 200
    reports = sql_ledger.reports(jobs[0].id, 0, 1_000)
    assert len(reports) == 200
    assert all(found.row == found.label.encode() for found in reports)


def test_what_a_killed_process_had_written_is_whole(sql_ledger: SqlLedger, url: str) -> None:
    made = job(100_000)
    sql_ledger.open(made, [], "a", 10.0)
    doomed = process(DOOMED, url, made.id)
    assert doomed.stdout is not None
    for _ in range(20):
        doomed.stdout.readline()
    doomed.kill()
    told = 20 + len(doomed.communicate()[0].split())
    reports = sql_ledger.reports(made.id, 0, 100_000)
    assert len(reports) >= 5 * told
    assert len(reports) % 5 == 0
    assert all(found.row == b"%d" % found.n for found in reports)
    counted = sql_ledger.job(made.id, "school")
    assert counted is not None
    assert counted.done == len(reports)


def test_late_verdicts_are_kept_once(sql_ledger: SqlLedger, url: str) -> None:
    made = opened(sql_ledger)
    sql_ledger.record_late(made.id, 0, 2, "supported", "proved", 6.0)
    sql_ledger.record_late(made.id, 0, 2, "refuted", "witness", 7.0)
    with make_engine(url).begin() as connection:
        rows = connection.execute(select(LATE_VERDICTS)).all()
    assert [(row.n, row.claim, row.label, row.at, row.student) for row in rows] == [(0, 2, "supported", 6.0, "mira")]


def test_every_row_says_whose_it_is() -> None:
    for table in metadata.sorted_tables:
        assert table.name == "owners" or {"tenant", "key", "student"} <= set(table.columns.keys())


def test_of_erased_texts_no_word_is_left_in_the_database(sql_ledger: SqlLedger, url: str, tmp_path: Path) -> None:
    for n in range(40):
        mine, other = opened(sql_ledger, 20), job(20, principal=TOM)
        sql_ledger.open(other, [Answer(steps=(f"Tom has {n} figs " * 30,))] * 20, "a", 100.0)
        for made in (mine, other):
            row = (WORDS if made is mine else "Tom") * (n + 1)
            sql_ledger.record(made.id, [report(m, row=row.encode()) for m in range(20)], 5.0)
    assert WORDS.encode() in contents(url, tmp_path)
    sql_ledger.erase("school", "mira", 6.0)
    left = contents(url, tmp_path)
    assert b"pomegranates" not in left
    assert b"Tom has 39 figs" in left


def contents(url: str, folder: Path) -> bytes:
    """All that is in the files of a SQLite database; of PostgreSQL's all that any query or dump can show."""
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in sorted(folder.glob("ledger.db*")))
    with psycopg.connect(url) as connection:
        return b"".join(
            bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
            for table in metadata.sorted_tables
            for row in connection.execute(f"SELECT * FROM {table.name}".encode()).fetchall()
            for value in row
        )


def test_a_locked_database_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.05)
    engine = make_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    upgrade(engine)
    ledger = SqlLedger(engine)
    made = opened(ledger)
    with make_engine(f"sqlite:///{tmp_path / 'ledger.db'}").begin():
        with pytest.raises(UnavailableError, match="busy"):
            ledger.record(made.id, [report(0)], 5.0)
        assert ledger.job(made.id, "school") == made
    assert ledger.record(made.id, [report(0)], 5.0) == 1


def test_a_database_that_is_away_is_unavailable() -> None:
    ledger = SqlLedger(make_engine("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"))
    with pytest.raises(UnavailableError, match="cannot be reached"):
        ledger.renew("a", 10.0)


def test_a_ledger_outlives_the_end_of_all_its_connections(postgres: str) -> None:
    ledger = SqlLedger(make_engine(postgres))
    made = opened(ledger)
    together(*(lambda: ledger.job(made.id, "school") for _ in range(4)))
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
    assert together(*(lambda: ledger.job(made.id, "school") for _ in range(4))) == [made] * 4
    assert ledger.record(made.id, [report(0)], 5.0) == 1
    ledger.close()
