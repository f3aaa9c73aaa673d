"""Counters and histograms of this package, on a registry that the composition root brings."""

from typing import Final

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from verifiers.verdicts import Reason

_SECONDS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_KILLS: Final = frozenset({Reason.TIMEOUT.value, Reason.MEMORY.value, Reason.CRASHED.value})


class _Claim(msgspec.Struct):
    kind: str
    label: str
    reason: str


class _Row(msgspec.Struct):
    label: str
    claims: list[_Claim]


_ROW: Final = msgspec.json.Decoder(_Row)


class Metrics:
    """`claims` by kind and label, `answers` by label, `seconds` by what was asked, `kills` by reason, `cache` by
    outcome, `waiting` by queue.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._claims = Counter("pramana_claims", "Claims checked", ["kind", "label"], registry=self.registry)
        self._answers = Counter("pramana_answers", "Answers reported on", ["label"], registry=self.registry)
        self._kills = Counter("pramana_kills", "Checks ended by force", ["reason"], registry=self.registry)
        self._cache = Counter("pramana_cache", "Formulas looked up", ["outcome"], registry=self.registry)
        self._late = Counter("pramana_late_verdicts", "Verdicts that missed their report", registry=self.registry)
        self._seconds = Histogram(
            "pramana_check_seconds", "From question to report", ["asked"], buckets=_SECONDS, registry=self.registry
        )
        self._waiting = Gauge("pramana_queue_depth", "Tasks not yet begun", ["queue"], registry=self.registry)

    def reported(self, row: bytes, asked: str, seconds: float) -> str:
        """Counts a report; returns its label."""
        report = _ROW.decode(row)
        self._answers.labels(report.label).inc()
        self._seconds.labels(asked).observe(seconds)
        for claim in report.claims:
            self._claims.labels(claim.kind, claim.label).inc()
            if claim.reason in _KILLS:
                self._kills.labels(claim.reason).inc()
        return report.label

    def looked_up(self, outcome: str) -> None:
        """`hit`, `miss`, or `joined` where the same formula was being checked already."""
        self._cache.labels(outcome).inc()

    def late(self) -> None:
        self._late.inc()

    def waiting(self, queue: str, count: int) -> None:
        self._waiting.labels(queue).set(count)
