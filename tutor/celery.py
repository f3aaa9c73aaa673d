"""`celery -A tutor.celery worker`, for who runs Celery's own command; `pramana worker` needs no options."""

from tutor.settings import load
from workers.celery_app import make_app

_settings = load().settings

app = make_app(_settings.broker)
app.conf.worker_concurrency = _settings.concurrency
