"""The database: connections, the one history of its tables, keys, erasure."""

from tutor.store.backup import backup
from tutor.store.engine import make_engine
from tutor.store.erase import compact, erase
from tutor.store.keys import SCOPES, ApiKey, KeyStore, MemoryKeys
from tutor.store.migrate import SchemaError, current, head, make_ready, upgrade
from tutor.store.sql_keys import SqlKeys

__all__ = [
    "SCOPES",
    "ApiKey",
    "KeyStore",
    "MemoryKeys",
    "SchemaError",
    "SqlKeys",
    "backup",
    "compact",
    "current",
    "erase",
    "head",
    "make_engine",
    "make_ready",
    "upgrade",
]
