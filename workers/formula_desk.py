"""Heavy formulas: each is looked up first, checked once however many ask for it at the same time, and remembered."""

import asyncio
import uuid

from verifiers.claims import Claim
from verifiers.protocol import Budget
from verifiers.verdicts import Checked, Reason, undecided
from workers.cache import Finding, VerdictCache, formula_key, is_cacheable
from workers.dispatch import Dispatcher
from workers.metrics import Metrics
from workers.principal import Principal
from workers.work import CheckClaims, CostClass, Decided, Task, decode_frame


class FormulaDesk:
    """Lives in one event loop."""

    def __init__(self, dispatcher: Dispatcher, cache: VerdictCache, budget: Budget, metrics: Metrics) -> None:
        self._dispatcher = dispatcher
        self._cache = cache
        self._budget = budget
        self._metrics = metrics
        self._flights: dict[str, asyncio.Task[Finding]] = {}

    async def decide(self, claim: Claim, principal: Principal, *, urgent: bool) -> Checked:
        """From the cache, from whoever is checking the same formula just now, or from a worker. Who stops waiting ends
        nothing: the verdict is kept for the next.

        Raises:
            UnavailableError: no worker can be asked.
        """
        if claim.formula is None:
            return Checked(claim=claim, verdict=undecided(Reason.NOT_FORMALIZED, claim.problem))
        key = formula_key(claim.formula, self._budget)
        flight = self._flights.get(key)
        if flight is None:
            if finding := (await self._cache.get([key])).get(key):
                self._metrics.looked_up("hit")
                return finding.of(claim)
            flight = self._flights.get(key)
        if flight is None:
            self._metrics.looked_up("miss")
            flight = self._flights[key] = asyncio.create_task(self._find(key, claim, principal, urgent))
            flight.add_done_callback(lambda done: self._landed(key, done))
        else:
            self._metrics.looked_up("joined")
        return (await asyncio.shield(flight)).of(claim)

    async def close(self) -> None:
        """Gives up what is under way."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    def _landed(self, key: str, flight: asyncio.Task[Finding]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            # Whoever waited has been told; that nobody waited any more is no reason to complain.
            flight.exception()

    async def _find(self, key: str, claim: Claim, principal: Principal, urgent: bool) -> Finding:
        task = Task(id=f"{key}-{new_id()}", work=CheckClaims(claims=(claim,)), cost=CostClass.HEAVY, urgent=urgent)
        finding = Finding(verdict=undecided(Reason.CRASHED, "the worker said nothing"))
        async for data in self._dispatcher.run(task):
            match decode_frame(data):
                case Decided(checked=Checked() as checked):
                    finding = Finding(verdict=checked.verdict, certificate=checked.certificate)
        if is_cacheable(finding.verdict):
            await self._cache.put(key, finding, principal)
        await self._dispatcher.forget([task.id])
        return finding


def new_id() -> str:
    """Of a task that nobody else asks for."""
    return uuid.uuid4().hex
