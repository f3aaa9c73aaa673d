"""Who asks."""

import msgspec


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """On every stored row. `key` is the id of the API key, never the key itself; `student` is the tenant's own name
    for one of its students, none where the tenant asks for itself.
    """

    tenant: str = "local"
    key: str = "local"
    student: str | None = None
    scopes: frozenset[str] = frozenset({"check"})


LOCAL = Principal()
"""Whoever sits at this machine: loopback without keys."""
