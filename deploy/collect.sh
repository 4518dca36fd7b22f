#!/bin/sh
# Collects the static files with their hashes: collect.sh PYTHON TARGET. The settings want every name; none is used here.
set -eu
DEBUG=false STATIC_ROOT="$2" SECRET_KEY=for-collecting-only FIELD_KEY=for-collecting-only BASE_URL=https://localhost \
ALLOWED_HOSTS=localhost DATABASE_URL=postgresql://nobody@127.0.0.1:9/none REDIS_URL=redis://127.0.0.1:9/0 \
EMAIL_URL=smtp://127.0.0.1:9 DEFAULT_FROM_EMAIL=nobody@example.com MIDTRANS_BASE_URL=http://127.0.0.1:9 \
MIDTRANS_SERVER_KEY=none MIDTRANS_MERCHANT_ID=none SETTLEMENT_MODE=gateway_escrow \
  "$1" manage.py collectstatic --no-input --verbosity 0
