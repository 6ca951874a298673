#!/bin/sh
# What a container runs: start.sh web | worker | sender | scheduler | migrate | any manage.py command
set -eu
cd "$(dirname "$0")/.."
case "${1:?say what to run: web, worker, sender, scheduler or migrate}" in
    web)
        python deploy/durable.py
        exec python -m gunicorn --config deploy/gunicorn.conf.py tracker.wsgi
        ;;
    worker)
        python deploy/durable.py
        exec python -m celery --quiet -A tracker worker --queues celery --concurrency "${WORKER_PROCESSES:-2}" --loglevel WARNING
        ;;
    sender)
        python deploy/durable.py
        exec python -m celery --quiet -A tracker worker --queues outside --concurrency 1 --loglevel WARNING
        ;;
    scheduler)
        exec python -m celery --quiet -A tracker beat --schedule /tmp/beat --pidfile= --loglevel WARNING
        ;;
    migrate)
        exec python manage.py migrate --database owner
        ;;
    *)
        exec python manage.py "$@"
        ;;
esac
