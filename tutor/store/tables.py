"""The product's own tables."""

from typing import Final

from sqlalchemy import JSON, Column, Double, Index, MetaData, Table, Text

from workers.tables import Name
from workers.tables import metadata as ledger

metadata: Final = MetaData(naming_convention=ledger.naming_convention)

API_KEYS: Final = Table(
    "api_keys",
    metadata,
    Column("id", Name, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("tenant", Name, nullable=False),
    Column("student", Name),
    Column("label", Name, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created", Double, nullable=False),
    Column("revoked", Double),
    Column("last_used", Double),
    Index(None, "tenant", "created"),
)
