#!/bin/sh
# The web: SIGTERM lets running requests end (up to 30 s) before the workers go. WEB_HOST, WEB_PORT, WEB_WORKERS move it.
set -eu
# each login needs 19 MB for a moment; without these every thread of the server would keep its own
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-1048576}" MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
exec python -m granian --interface wsgi --host "${WEB_HOST:-127.0.0.1}" --port "${WEB_PORT:-8000}" --no-ws \
  --workers "${WEB_WORKERS:-2}" --blocking-threads 4 --backpressure 128 --respawn-failed-workers \
  --workers-kill-timeout 30s --log-config deploy/granian-log.json --log-level warning bebeli.wsgi:application
