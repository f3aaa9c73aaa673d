"""The job ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _whose() -> list[sa.Column[str]]:
    return [
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("student", sa.Text),
    ]


def _job(table: str) -> sa.Column[str]:
    return sa.Column("job", sa.Text, sa.ForeignKey("jobs.id", name=f"fk_{table}_job"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *_whose(),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("labels", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("finished", sa.Double),
        sa.Column("owner", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_tenant_created", "jobs", ["tenant", "created"])
    op.create_index("ix_jobs_tenant_student", "jobs", ["tenant", "student"])
    op.create_index("ix_jobs_state_owner", "jobs", ["state", "owner"])
    op.create_table(
        "owners",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_owners"),
        comment="Servers that run jobs, and how long they are taken to be alive.",
    )
    op.create_table(
        "items",
        _job("items"),
        sa.Column("n", sa.Integer, nullable=False),
        *_whose(),
        sa.Column("task", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("job", "n", name="pk_items"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tasks",
        _job("tasks"),
        sa.Column("task", sa.Text, nullable=False),
        *_whose(),
        sa.PrimaryKeyConstraint("job", "task", name="pk_tasks"),
        sqlite_with_rowid=False,
        comment="Every task that ever carried a text of the job.",
    )
    op.create_index("ix_tasks_tenant_student", "tasks", ["tenant", "student"])
    op.create_table(
        "reports",
        _job("reports"),
        sa.Column("n", sa.Integer, nullable=False),
        *_whose(),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("job", "n", name="pk_reports"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "late_verdicts",
        _job("late_verdicts"),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("claim", sa.Integer, nullable=False),
        *_whose(),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("job", "n", "claim", name="pk_late_verdicts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chunks",
        _job("chunks"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        *_whose(),
        sa.Column("step", sa.Boolean, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("job", "seq", name="pk_chunks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "texts",
        _job("texts"),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        *_whose(),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("job", "what", "n", name="pk_texts"),
        comment="All personal text, and nowhere else: answers, report rows and chunks, by their number.",
    )
    op.create_index("ix_texts_tenant_student", "texts", ["tenant", "student"])


def downgrade() -> None:
    for table in ("texts", "chunks", "late_verdicts", "reports", "tasks", "items", "owners", "jobs"):
        op.drop_table(table)
