"""Where the broker is and what lies where in it: everything that the submit side and the run side must agree on."""

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from verifiers.cost import CostClass
from verifiers.protocol import QUICK, Budget
from workers.clocks import Clocks
from workers.work import Task

QUEUES: Final = {CostClass.QUICK: "checks.quick", CostClass.HEAVY: "checks.heavy"}

URGENT, BATCH = 0, 1
"""Message priorities; on Redis the lower is taken first."""

SEPARATOR: Final = ":"
"""Between a queue and a priority other than the first in the name of the list that Redis keeps."""


class BrokerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`prefix` begins every key in Redis, so that several installations (and tests) can share one. `kept` is how many
    seconds a result stays for whoever asks again, `connect` and `reply` how many a connection and an answer of Redis
    may take before it counts as unreachable. `budget` is what one claim may spend at a worker.
    """

    url: str = "redis://127.0.0.1:6379/0"
    prefix: str = "pramana:"
    clocks: Clocks = Clocks()
    budget: Budget = QUICK
    kept: float = 3_600.0
    connect: float = 1.0
    reply: float = 3.0

    def key(self, kind: str, name: str) -> str:
        return f"{self.prefix}{kind}:{name}"

    @property
    def celery_url(self) -> str:
        """Celery has a scheme of its own for sockets in the file system, and reads the database's number from the path
        or, there, from another parameter.
        """
        parts = urlsplit(self.url)
        query = dict(parse_qsl(parts.query))
        database = query.pop("db", None)
        if parts.scheme == "unix":
            query |= {} if database is None else {"virtual_host": database}
            return f"redis+socket://{parts.netloc}{parts.path}" + (f"?{urlencode(query)}" if query else "")
        path = parts.path if database is None else f"/{database}"
        return urlunsplit(parts._replace(path=path, query=urlencode(query)))


def lane(task: Task) -> str:
    """The list a task waits in: urgent ones of a queue in one, all others in another."""
    queue = QUEUES[task.cost]
    return queue if task.urgent else f"{queue}{SEPARATOR}{BATCH}"


def lanes(queue: str) -> tuple[str, str]:
    return queue, f"{queue}{SEPARATOR}{BATCH}"
