"""Verdicts that need not be found twice."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import msgspec

from verifiers.claims import Claim, Formula
from verifiers.expr import decode_hook
from verifiers.protocol import Budget
from verifiers.verdicts import Certificate, Checked, Label, Reason, Verdict, encode
from verifiers.versions import VERSIONS
from workers.principal import Principal

CHANCE: Final = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED})
"""Reasons that another run or another machine may not repeat: never cached."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a formula, wherever it stands."""

    verdict: Verdict
    certificate: Certificate | None = None

    def of(self, claim: Claim) -> Checked:
        return Checked(claim=claim, verdict=self.verdict, certificate=self.certificate)


def formula_key(formula: Formula, budget: Budget) -> str:
    """Same key, same verdict: the canonical formula with all it was read under, the versions of everything that
    decides, and the budget.
    """
    digest = hashlib.sha256(encode((formula, VERSIONS, budget)))
    return digest.hexdigest()


def is_cacheable(verdict: Verdict) -> bool:
    """A property of the formula, not of the day."""
    return verdict.label is not Label.UNDECIDED or verdict.reason not in CHANCE


class VerdictCache(Protocol):
    """Best effort: a cache that cannot be reached knows nothing and keeps nothing."""

    async def get(self, keys: Sequence[str]) -> Mapping[str, Finding]: ...

    async def put(self, key: str, finding: Finding, principal: Principal) -> None: ...

    async def forget(self, tenant: str, student: str) -> None:
        """Drops what was put for this student: a finding's sentences hold words of the text it was read from."""
        ...

    async def close(self) -> None: ...


class MemoryCache:
    """The `most` findings used last, in this process."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._findings: OrderedDict[str, bytes] = OrderedDict()
        self._owned: dict[tuple[str, str], set[str]] = {}

    async def get(self, keys: Sequence[str]) -> Mapping[str, Finding]:
        found = {}
        for key in keys:
            if data := self._findings.get(key):
                self._findings.move_to_end(key)
                found[key] = decode_finding(data)
        return found

    async def put(self, key: str, finding: Finding, principal: Principal) -> None:
        self._findings[key] = encode(finding)
        if principal.student is not None:
            self._owned.setdefault((principal.tenant, principal.student), set()).add(key)
        while len(self._findings) > self._most:
            self._findings.popitem(last=False)

    async def forget(self, tenant: str, student: str) -> None:
        for key in self._owned.pop((tenant, student), set()):
            self._findings.pop(key, None)

    async def close(self) -> None:
        self._findings.clear()


def decode_finding(data: bytes) -> Finding:
    """
    Raises:
        msgspec.MsgspecError: not a finding.
    """
    return msgspec.json.decode(data, type=Finding, dec_hook=decode_hook)
