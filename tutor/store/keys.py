"""API keys: who holds one speaks for its tenant, or for one student of it. The port, its values and its double."""

import hashlib
import hmac
import re
import secrets
import threading
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from workers.principal import Principal

SCOPES: Final = {"check": "check answers and read their jobs", "erase": "erase what is kept of a student"}
USED_EVERY: Final = 60.0
"""Seconds; `last_used` is no more exact than this, so that not every request writes."""
_TOKEN: Final = re.compile(r"pramana_([0-9a-f]{16})_[A-Za-z0-9_-]{43}")


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key, which is not the key itself. Times are Unix seconds."""

    id: str
    label: str
    tenant: str
    student: str | None
    scopes: frozenset[str]
    created: float
    revoked: float | None = None
    last_used: float | None = None

    @property
    def principal(self) -> Principal:
        return Principal(tenant=self.tenant, key=self.id, student=self.student, scopes=self.scopes)


class KeyStore(Protocol):
    """Thread-safe and blocking. Every method raises `UnavailableError` when the database is away."""

    def create(self, label: str, now: float, *, tenant: str, scopes: Sequence[str], student: str | None) -> str:
        """A new key, which cannot be shown again.

        Raises:
            ValueError: an unknown scope, or a name that is empty, too long or not printable.
        """
        ...

    def principal(self, key: str) -> Principal | None:
        """Who holds this key; None where it is unknown or revoked."""
        ...

    def any(self) -> bool:
        """Whether there is a key that is not revoked."""
        ...

    def listed(self, tenant: str | None = None) -> list[ApiKey]:
        """All, or a tenant's, oldest first."""
        ...

    def revoke(self, key_id: str, now: float) -> bool:
        """For good, and at once; False when there is no such key, or it was revoked already."""
        ...


def make_key(label: str, now: float, *, tenant: str, scopes: Sequence[str], student: str | None) -> tuple[ApiKey, str]:
    """A key and its secret.

    Raises:
        ValueError: an unknown scope, or a name that is empty, too long or not printable.
    """
    for what, name in (("label", label), ("tenant", tenant), ("student", student)):
        if name is not None and not (0 < len(name) <= 200 and name.isprintable()):
            raise ValueError(f"a {what} is 1 to 200 printable characters")
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise ValueError(f"{unknown[0]!r} is no scope; there are {', '.join(SCOPES)}")
    if not scopes:
        raise ValueError(f"a key needs a scope; there are {', '.join(SCOPES)}")
    id_ = secrets.token_hex(8)
    key = ApiKey(id=id_, label=label, tenant=tenant, student=student, scopes=frozenset(scopes), created=now)
    return key, f"pramana_{id_}_{secrets.token_urlsafe(32)}"


def id_of(secret: str) -> str | None:
    """The id of the key that a text claims to be."""
    matched = _TOKEN.fullmatch(secret)
    return matched[1] if matched else None


def digest(secret: str) -> str:
    """A plain hash is enough, and as quick as a check in every request has to be: slow ones (argon2) protect what
    people choose, and nobody guesses 256 random bits.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(left: str, right: str) -> bool:
    """Takes as long for a near miss as for a far one."""
    return hmac.compare_digest(left, right)


class MemoryKeys:
    """The double: keys of this process only."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[ApiKey, str]] = {}
        self._lock = threading.Lock()

    def create(self, label: str, now: float, *, tenant: str, scopes: Sequence[str], student: str | None) -> str:
        key, secret = make_key(label, now, tenant=tenant, scopes=scopes, student=student)
        with self._lock:
            self._keys[key.id] = key, digest(secret)
        return secret

    def principal(self, key: str) -> Principal | None:
        with self._lock:
            known, hashed = self._keys.get(id_of(key) or "", (None, ""))
        if known is None or known.revoked is not None or not is_same(hashed, digest(key)):
            return None
        return known.principal

    def any(self) -> bool:
        return any(key.revoked is None for key in self.listed())

    def listed(self, tenant: str | None = None) -> list[ApiKey]:
        with self._lock:
            known = [key for key, _ in self._keys.values() if tenant in {None, key.tenant}]
        return sorted(known, key=lambda key: (key.created, key.id))

    def revoke(self, key_id: str, now: float) -> bool:
        with self._lock:
            known, hashed = self._keys.get(key_id, (None, ""))
            if known is None or known.revoked is not None:
                return False
            self._keys[key_id] = msgspec.structs.replace(known, revoked=now), hashed
            return True
