"""A Celery application with one task that keeps a worker busy."""

import time

from celery import Celery

from tracker import local

app = Celery("tracker", broker=local.redis_url())


@app.task
def be_busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
