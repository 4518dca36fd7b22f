#!/bin/sh
# The clock that rings the sweepers: one is enough, two do no harm (rows are claimed with a lease).
set -eu
exec celery -A bebeli.celery:app beat --schedule "${BEAT_FILE:-/tmp/bebeli-beat}" --pidfile= --loglevel WARNING
