"""A Celery app that does nothing, as Celery's own guide would have it, to measure what Celery itself takes."""

import os

from celery import Celery

URL = os.environ.get("NOOP_BROKER_URL", "redis://127.0.0.1:6379/1")

app = Celery("noop", broker=URL, backend=URL)
app.conf.task_default_queue = "noop"


@app.task(name="noop")
def noop() -> None:
    pass
