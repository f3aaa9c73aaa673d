"""The ledger on SQLite or PostgreSQL. Its tables are in `tables.py`; who makes the engine brings them up to date."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from workers.errors import UnknownJobError
from workers.ledger import Chunk, Item, ItemReport, Job, JobKind, JobState
from workers.principal import Principal
from workers.sql_faults import in_our_words
from workers.tables import CHUNKS, ITEMS, JOBS, LATE_VERDICTS, OWNERS, REPORTS, TASKS, TEXTS
from workers.texts import decode_answer, decode_text, encode_answer, encode_text
from workers.work import Answer

ANSWER: Final = "answer"
REPORT: Final = "report"
CHUNK: Final = "chunk"
_MANY_JOBS: Final = 4_073_101
"""PostgreSQL's advisory lock of whoever writes to rows of many jobs at once."""
_AT_ONCE: Final = 5_000
_TEXT: Final = TEXTS.insert()
_ITEM: Final = ITEMS.insert()


class SqlLedger:
    """Every write is one transaction, which on SQLite takes the write lock at its start (the engine sees to that).

    SQLite's commits survive the process's death; those of the last moment before a power cut may be undone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)
        self._lite = engine.dialect.name == "sqlite"
        # Threads that queue here wait their turn; in SQLite's own lock they would sleep and retry.
        self._turn = threading.Lock()
        # Statements that every check runs are built once: building them takes longer than SQLite does.
        self._once = {
            table: self._insert(table).on_conflict_do_nothing().returning(*table.primary_key)
            for table in (JOBS, TASKS, LATE_VERDICTS, CHUNKS)
        }
        self._report_once = self._insert(REPORTS).on_conflict_do_nothing().returning(REPORTS.c.n)
        self._job_held = select(JOBS).where(JOBS.c.id == bindparam("which")).with_for_update(key_share=True)
        self._counted = update(JOBS).where(JOBS.c.id == bindparam("which"))
        alive = self._insert(OWNERS)
        self._alive = alive.on_conflict_do_update(index_elements=[OWNERS.c.name], set_={"until": alive.excluded.until})

    def open(self, job: Job, answers: Sequence[Answer], owner: str, until: float) -> None:
        if len(answers) > job.total:
            raise ValueError(f"a job of {job.total} cannot hold {len(answers)} answers")
        whose = _whose(job.principal)
        row = {
            "id": job.id, "kind": job.kind, **whose, "scopes": sorted(job.principal.scopes), "created": job.created,
            "total": job.total, "done": job.done, "labels": job.labels, "state": job.state, "finished": job.finished,
            "owner": owner,
        }  # fmt: skip
        with self._writing() as connection:
            if not self._is_new(connection, JOBS, row):
                return
            self._live_on(connection, owner, until)
            if answers:
                of = {"job": job.id, **whose}
                texts = [{**of, "what": ANSWER, "n": n, "body": encode_answer(a)} for n, a in enumerate(answers)]
                connection.execute(_ITEM, [{**of, "n": n, "task": ""} for n in range(len(answers))])
                connection.execute(_TEXT, texts)

    def job(self, job_id: str, tenant: str) -> Job | None:
        with self._reading() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == job_id, JOBS.c.tenant == tenant)).first()
        return None if row is None else _job(row)

    def jobs(self, tenant: str, limit: int) -> list[Job]:
        newest = select(JOBS).where(JOBS.c.tenant == tenant).order_by(JOBS.c.created.desc(), JOBS.c.id.desc())
        with self._reading() as connection:
            return [_job(row) for row in connection.execute(newest.limit(limit))]

    def assign(self, job_id: str, task: str, numbers: Sequence[int]) -> None:
        with self._writing() as connection:
            job = self._held(connection, job_id)
            self._is_new(connection, TASKS, {"job": job_id, "task": task, **_whose_row(job)})
            for at in range(0, len(numbers), _AT_ONCE):
                these = ITEMS.c.job == job_id, ITEMS.c.n.in_(numbers[at : at + _AT_ONCE])
                connection.execute(update(ITEMS).where(*these).values(task=task))

    def open_items(self, job_id: str, after: int, limit: int) -> list[Item]:
        reported = exists().where(REPORTS.c.job == ITEMS.c.job, REPORTS.c.n == ITEMS.c.n)
        of_answer = (TEXTS.c.job == ITEMS.c.job) & (TEXTS.c.n == ITEMS.c.n) & (TEXTS.c.what == ANSWER)
        wanted = (
            select(ITEMS.c.n, ITEMS.c.task, TEXTS.c.body)
            .join(TEXTS, of_answer)
            .join(JOBS, JOBS.c.id == ITEMS.c.job)
            .where(JOBS.c.state == JobState.OPEN, ITEMS.c.job == job_id, ITEMS.c.n > after, ~reported)
            .order_by(ITEMS.c.n)
            .limit(limit)
        )
        with self._reading() as connection:
            rows = connection.execute(wanted).all()
        return [Item(n=row.n, answer=decode_answer(row.body), task=row.task) for row in rows]

    def record(self, job_id: str, reports: Sequence[ItemReport], now: float) -> int:
        first = {report.n: report for report in reversed(reports)}
        with self._writing() as connection:
            job = self._held(connection, job_id)
            if any(not 0 <= n < job.total for n in first):
                raise ValueError(f"job {job_id} has answers 0 to {job.total - 1}")
            if job.state != JobState.OPEN or not first:
                return 0
            of = {"job": job_id, **_whose_row(job)}
            rows = [{**of, "n": n, "label": report.label, "at": now} for n, report in first.items()]
            new = [first[n] for n in connection.execute(self._report_once, rows).scalars()]
            texts = [{**of, "what": REPORT, "n": r.n, "body": r.row} for r in new if r.row is not None]
            if texts:
                connection.execute(_TEXT, texts)
            if new:
                self._count(connection, job, [report.label for report in new], now)
        return len(new)

    def record_late(self, job_id: str, n: int, claim: int, label: str, reason: str, now: float) -> None:
        with self._writing() as connection:
            job = self._held(connection, job_id)
            row = {"n": n, "claim": claim, "label": label, "reason": reason, "at": now}
            self._is_new(connection, LATE_VERDICTS, {"job": job_id, **_whose_row(job), **row})

    def reports(self, job_id: str, start: int, limit: int) -> list[ItemReport]:
        of_report = (TEXTS.c.job == REPORTS.c.job) & (TEXTS.c.n == REPORTS.c.n) & (TEXTS.c.what == REPORT)
        wanted = (
            select(REPORTS.c.n, REPORTS.c.label, TEXTS.c.body)
            .join(TEXTS, of_report, isouter=True)
            .where(REPORTS.c.job == job_id, REPORTS.c.n >= start)
            .order_by(REPORTS.c.n)
            .limit(limit)
        )
        with self._reading() as connection:
            return [ItemReport(n=r.n, label=r.label, row=r.body) for r in connection.execute(wanted)]

    def cancel(self, job_id: str, now: float) -> bool:
        still_open = JOBS.c.id == job_id, JOBS.c.state == JobState.OPEN
        with self._writing() as connection:
            ended = update(JOBS).where(*still_open).values(state=JobState.CANCELLED, finished=now)
            return bool(connection.execute(ended).rowcount)

    def add_chunk(self, job_id: str, chunk: Chunk) -> bool:
        with self._writing() as connection:
            job = self._held(connection, job_id)
            if job.state != JobState.OPEN:
                return False
            of = {"job": job_id, **_whose_row(job)}
            row = {**of, "seq": chunk.seq, "step": chunk.step, "final": chunk.final}
            if not self._is_new(connection, CHUNKS, row):
                return False
            body = encode_text(chunk.text)
            connection.execute(_TEXT, {**of, "what": CHUNK, "n": chunk.seq, "body": body})
        return True

    def chunks(self, job_id: str) -> list[Chunk]:
        of_chunk = (TEXTS.c.job == CHUNKS.c.job) & (TEXTS.c.n == CHUNKS.c.seq) & (TEXTS.c.what == CHUNK)
        wanted = select(CHUNKS.c.seq, CHUNKS.c.step, CHUNKS.c.final, TEXTS.c.body).join(TEXTS, of_chunk)
        with self._reading() as connection:
            rows = connection.execute(wanted.where(CHUNKS.c.job == job_id).order_by(CHUNKS.c.seq)).all()
        return [Chunk(seq=r.seq, text=decode_text(r.body), step=r.step, final=r.final) for r in rows]

    def renew(self, owner: str, until: float) -> None:
        with self._writing() as connection:
            self._live_on(connection, owner, until)

    def adopt(self, owner: str, now: float, until: float) -> list[Job]:
        alive = select(OWNERS.c.name).where(OWNERS.c.until >= now)
        left = JOBS.c.state == JobState.OPEN, JOBS.c.owner != owner, JOBS.c.owner.not_in(alive)
        with self._writing() as connection:
            self._alone(connection)
            self._live_on(connection, owner, until)
            rows = connection.execute(update(JOBS).where(*left).values(owner=owner).returning(*JOBS.c)).all()
            idle = ~exists().where(JOBS.c.owner == OWNERS.c.name, JOBS.c.state == JobState.OPEN)
            connection.execute(delete(OWNERS).where(OWNERS.c.until < now, OWNERS.c.name != owner, idle))
        return sorted(map(_job, rows), key=lambda job: (job.created, job.id))

    def tasks_of(self, tenant: str, student: str) -> list[str]:
        of_student = TASKS.c.tenant == tenant, TASKS.c.student == student
        with self._reading() as connection:
            return list(connection.execute(select(TASKS.c.task).where(*of_student).distinct()).scalars())

    def erase(self, tenant: str, student: str, now: float) -> int:
        still_open = JOBS.c.tenant == tenant, JOBS.c.student == student, JOBS.c.state == JobState.OPEN
        of_student = TEXTS.c.tenant == tenant, TEXTS.c.student == student
        with self._writing() as connection:
            self._alone(connection)
            connection.execute(update(JOBS).where(*still_open).values(state=JobState.CANCELLED, finished=now))
            gone = connection.execute(delete(TEXTS).where(*of_student)).rowcount
        if self._lite:
            self._checkpoint()
        return gone

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_our_words(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._lite:
            with self._turn, in_our_words(), self._engine.begin() as connection:
                yield connection
        else:
            with in_our_words(), self._engine.begin() as connection:
                yield connection

    def _checkpoint(self) -> None:
        """What was deleted is overwritten in SQLite's file, and still stands in its log before this. Where a reader or
        a full disk is in the way, it stands there until the next time.
        """
        connection = self._engine.raw_connection()
        try:
            with suppress(sqlite3.OperationalError):
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _insert(self, table: Table) -> SqliteInsert | PostgresInsert:
        return sqlite.insert(table) if self._lite else postgresql.insert(table)

    def _is_new(self, connection: Connection, table: Table, row: dict[str, Any]) -> bool:
        """Writes the row, unless its primary key is there."""
        return connection.execute(self._once[table], row).first() is not None

    def _held(self, connection: Connection, job_id: str) -> Row[Any]:
        """The job, which nobody else writes to before this transaction ends."""
        row = connection.execute(self._job_held, {"which": job_id}).first()
        if row is None:
            raise UnknownJobError(f"there is no job {job_id}")
        return row

    def _alone(self, connection: Connection) -> None:
        """Two who lock rows of many jobs, each in its own order, would wait for each other forever."""
        if not self._lite:
            connection.execute(select(func.pg_advisory_xact_lock(_MANY_JOBS)))

    def _live_on(self, connection: Connection, owner: str, until: float) -> None:
        connection.execute(self._alive, {"name": owner, "until": until})

    def _count(self, connection: Connection, job: Row[Any], labels: Sequence[str], now: float) -> None:
        counts = dict(job.labels)
        for label in labels:
            counts[label] = counts.get(label, 0) + 1
        done = job.done + len(labels)
        ended = {"state": JobState.DONE, "finished": now} if done == job.total else {}
        connection.execute(self._counted, {"which": job.id, "labels": counts, "done": done, **ended})


def _whose(principal: Principal) -> dict[str, str | None]:
    return {"tenant": principal.tenant, "key": principal.key, "student": principal.student}


def _whose_row(row: Row[Any]) -> dict[str, str | None]:
    return {"tenant": row.tenant, "key": row.key, "student": row.student}


def _job(row: Row[Any]) -> Job:
    principal = Principal(tenant=row.tenant, key=row.key, student=row.student, scopes=frozenset(row.scopes))
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        principal=principal,
        created=row.created,
        total=row.total,
        done=row.done,
        state=JobState(row.state),
        finished=row.finished,
        labels=row.labels,
    )
