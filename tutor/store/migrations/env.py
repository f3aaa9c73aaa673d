"""Alembic's entry: brings the database behind `config.attributes["connection"]` up to date with every package."""

from alembic import context

from tutor.store.tables import metadata as product
from workers.tables import metadata as ledger

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[ledger, product],
    # SQLite cannot alter a column in place.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
