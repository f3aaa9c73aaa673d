"""All waiting times of a check in one place, in an order that makes sense, or not at all."""

import msgspec


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. Deterministic budgets come first (`verifiers.protocol.Budget`); these are the backstop.

    Raises:
        ValueError: `check < reading <= group < visibility`, `renewal * 2 <= lease < visibility`, `deadline > 0`
            does not hold.
    """

    check: float = 2.0
    """One formula in the sandbox, after which its process is killed."""
    reading: float = 20.0
    """Finding the claims of one answer."""
    group: float = 60.0
    """All claims of one answer."""
    deadline: float = 30.0
    """What is not decided by then is `undecided(timeout)` in the report that somebody waits for."""
    lease: float = 6.0
    """A task whose worker has not been heard of for so long is given to another."""
    renewal: float = 2.0
    visibility: float = 600.0
    """Redis' own redelivery, which never comes first: recovery is the leases' job."""

    def __post_init__(self) -> None:
        if not 0 < self.check < self.reading <= self.group < self.visibility:
            raise ValueError("the clocks must be in order: check < reading <= group < visibility")
        if not 0 < 2 * self.renewal <= self.lease < self.visibility:
            raise ValueError("a lease must outlast two renewals and end before the visibility timeout")
        if self.deadline <= 0:
            raise ValueError("the deadline must be positive")
