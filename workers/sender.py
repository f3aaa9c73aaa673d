"""Messages to Celery from a thread of their own, since publishing blocks."""

import itertools
import queue
import threading
from collections.abc import Callable
from typing import Final, TypeAlias

from celery import Celery
from kombu import Producer

from workers.broker import BATCH, URGENT
from workers.tasks import CHECK

Job: TypeAlias = Callable[[], None]

_STOP: Final = None


class Sender:
    """Does jobs one after the other, urgent ones first. A job that raises ends the thread, so none may."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._jobs: queue.PriorityQueue[tuple[int, int, Job | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._work, name="sender", daemon=True)
        self._producer: Producer | None = None

    def start(self) -> None:
        self._thread.start()

    def put(self, job: Job, *, urgent: bool) -> None:
        self._jobs.put((URGENT if urgent else BATCH, next(self._order), job))

    def publish(self, task_id: str, queue_name: str, *, urgent: bool) -> None:
        """To be called by jobs only.

        Raises:
            Exception: the broker did not take the message (kombu's own errors, and Redis').
        """
        try:
            if self._producer is None:
                self._producer = Producer(self._app.connection_for_write())
            self._app.send_task(
                CHECK,
                (task_id,),
                task_id=task_id,
                queue=queue_name,
                priority=URGENT if urgent else BATCH,
                producer=self._producer,
                declare=[],
                retry=False,
                ignore_result=True,
            )
        except Exception:
            self._disconnect()
            raise

    def close(self) -> None:
        """Ends after the job under way; what waits is dropped."""
        self._jobs.put((URGENT - 1, next(self._order), _STOP))
        if self._thread.is_alive():
            self._thread.join()
        self._disconnect()

    def _disconnect(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.connection.collect()

    def _work(self) -> None:
        while (job := self._jobs.get()[2]) is not _STOP:
            job()
