#!/bin/sh
# The worker: SIGTERM ends it warmly, when the tasks in hand are done; what is not begun stays in Postgres.
set -eu
exec celery -A bebeli.celery:app worker --pool threads --concurrency "${WORKER_THREADS:-4}" \
  --loglevel WARNING --without-gossip --without-mingle
