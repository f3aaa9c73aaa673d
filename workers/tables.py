"""The ledger's tables. `texts` alone holds what people wrote and what was written about it; every other row is ids,
labels and times, and stays when `texts` is emptied.

Each row says whose it is. A student's `tenant`, `key` and `student` are the job's, repeated so that no question about
somebody needs a join.
"""

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Name(TypeDecorator[str]):
    """Text that may be anything: what PostgreSQL or UTF-8 cannot hold is kept escaped, one to one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isprintable() and "\\" not in value):
            return value
        return value.encode("unicode_escape").decode("ascii")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return value.encode("ascii").decode("unicode_escape") if value and "\\" in value else value


def whose() -> list[Column[Any]]:
    return [
        Column("tenant", Name, nullable=False),
        Column("key", Name, nullable=False),
        Column("student", Name),
    ]


def _job() -> Column[str]:
    return Column("job", Name, ForeignKey("jobs.id"), primary_key=True)


JOBS: Final = Table(
    "jobs",
    metadata,
    Column("id", Name, primary_key=True),
    Column("kind", Text, nullable=False),
    *whose(),
    Column("scopes", JSON, nullable=False),
    Column("created", Double, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("finished", Double),
    Column("owner", Name, nullable=False),
    Index(None, "tenant", "created"),
    Index(None, "tenant", "student"),
    Index(None, "state", "owner"),
)

OWNERS: Final = Table(
    "owners",
    metadata,
    Column("name", Name, primary_key=True),
    Column("until", Double, nullable=False),
    comment="Servers that run jobs, and how long they are taken to be alive.",
)

ITEMS: Final = Table(
    "items",
    metadata,
    _job(),
    Column("n", Integer, primary_key=True),
    *whose(),
    Column("task", Name, nullable=False),
    sqlite_with_rowid=False,
)

TASKS: Final = Table(
    "tasks",
    metadata,
    _job(),
    Column("task", Name, primary_key=True),
    *whose(),
    Index(None, "tenant", "student"),
    sqlite_with_rowid=False,
    comment="Every task that ever carried a text of the job.",
)

REPORTS: Final = Table(
    "reports",
    metadata,
    _job(),
    Column("n", Integer, primary_key=True),
    *whose(),
    Column("label", Text, nullable=False),
    Column("at", Double, nullable=False),
    sqlite_with_rowid=False,
)

LATE_VERDICTS: Final = Table(
    "late_verdicts",
    metadata,
    _job(),
    Column("n", Integer, primary_key=True),
    Column("claim", Integer, primary_key=True),
    *whose(),
    Column("label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Double, nullable=False),
    sqlite_with_rowid=False,
)

CHUNKS: Final = Table(
    "chunks",
    metadata,
    _job(),
    Column("seq", BigInteger, primary_key=True),
    *whose(),
    Column("step", Boolean, nullable=False),
    Column("final", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

TEXTS: Final = Table(
    "texts",
    metadata,
    _job(),
    Column("what", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    *whose(),
    Column("body", LargeBinary, nullable=False),
    Index(None, "tenant", "student"),
    comment="All personal text, and nowhere else: answers, report rows and chunks, by their number.",
)
