"""Celery, set up for work that kills its own children, keeps its own books and must start within a millisecond."""

from celery import Celery, bootsteps
from celery.signals import worker_shutdown
from kombu import Queue

from workers.broker import BATCH, QUEUES, SEPARATOR, URGENT, BrokerConfig
from workers.station import Station
from workers.tasks import add_tasks
from workers.transport import forgive

QUEUES_LISTENED = tuple(QUEUES.values())


def make_app(config: BrokerConfig) -> Celery:
    """The same app for who sends and who works; nothing connects before it is used."""
    forgive()
    app = Celery("pramana", broker=config.celery_url)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_create_missing_queues=False,
        task_default_queue=QUEUES_LISTENED[0],
        task_queues=[Queue(name) for name in QUEUES_LISTENED],
        task_publish_retry=False,
        worker_pool="threads",
        worker_prefetch_multiplier=1,
        # Neither remote control nor events: both are fan-out through Redis for every worker and every task.
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_disable_rate_limits=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "global_keyprefix": config.prefix,
            "sep": SEPARATOR,
            "priority_steps": [URGENT, BATCH],
            "queue_order_strategy": "priority",
            "visibility_timeout": int(config.clocks.visibility),
            "socket_connect_timeout": config.connect,
            "socket_timeout": config.reply,
            "socket_keepalive": True,
        },
    )
    station = Station(config)
    app.steps["worker"].add(_step(station))
    add_tasks(app, station)

    def close(sender: bootsteps.StartStopStep, **_: object) -> None:
        if sender.app is app:
            station.close()

    worker_shutdown.connect(close, weak=False)
    return app


def _step(station: Station) -> type[bootsteps.StartStopStep]:
    """The station comes up with the worker, before any task, and leaves when no more are taken; it is closed when the
    last is done.
    """

    class StationStep(bootsteps.StartStopStep):
        requires = {"celery.worker.components:Pool"}  # noqa: RUF012 - Celery's own way to say it

        def start(self, worker: bootsteps.StartStopStep) -> None:
            station.start([queue.name for queue in worker.app.amqp.queues.consume_from.values()], worker.concurrency)

        def stop(self, _worker: bootsteps.StartStopStep) -> None:
            station.leave()

    return StationStep
