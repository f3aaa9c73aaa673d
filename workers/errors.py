"""What can go wrong on the way to a worker, as callers may have to tell apart.

WorkersError
├── UnavailableError     nobody can be asked right now; asking again later is right
│   └── FailedTaskError  the worker is of another version and cannot read the task
├── CancelledTaskError   the one who asked took it back
├── LedgerFullError      the ledger cannot be written (disk full); nothing was accepted
├── UnknownJobError      no such job for this principal
└── ClosedJobError       the job takes nothing more
"""

from typing import Final


class WorkersError(Exception):
    """Base of this package's errors; the message is for users."""


class UnavailableError(WorkersError):
    """The broker or the database cannot be reached, or no worker answers; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: float = 2.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class FailedTaskError(UnavailableError):
    """The worker cannot read the task: it is of another version. One that can may come."""


class CancelledTaskError(WorkersError):
    """The task was cancelled before it was done."""


class LedgerFullError(WorkersError):
    """The ledger cannot be written; nothing of what was asked has been accepted."""


class UnknownJobError(WorkersError):
    """There is no such job, or it is somebody else's."""


class ClosedJobError(WorkersError):
    """The job takes nothing more: its answer was declared complete, or it was cancelled."""


NOT_NOW: Final = (LedgerFullError, UnavailableError)
"""The ledger cannot be written at this moment: what has to be written waits and is tried again."""
