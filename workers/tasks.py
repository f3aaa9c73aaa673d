"""The one task: its argument is the id of a `work.Task` that lies in Redis."""

from typing import Final

from celery import Celery

from workers.station import Station

CHECK: Final = "check"


def add_tasks(app: Celery, station: Station) -> None:
    @app.task(name=CHECK)
    def check(task_id: str) -> None:
        station.perform(task_id)
