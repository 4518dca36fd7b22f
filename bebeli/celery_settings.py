"""How the worker works, and every how many seconds what runs by itself; nothing here depends on the environment."""

from datetime import UTC, datetime
from typing import Any

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 0.5,
    "retry_on_timeout": False,
    "visibility_timeout": 600,
}
_AFTER_THE_MONEY = {"priority": 6}  # of 0 to 9, the lowest first; whoever names none goes first
CELERY_TASK_ROUTES = {
    "notices.*": _AFTER_THE_MONEY,
    "orders.issue_documents": _AFTER_THE_MONEY,
    "orders.sweep_documents": _AFTER_THE_MONEY,
    "orders.sweep_statements": _AFTER_THE_MONEY,
    "orders.make_export": _AFTER_THE_MONEY,
    "orders.sweep_exports": _AFTER_THE_MONEY,
    "orders.count_standing": _AFTER_THE_MONEY,
    "catalog.count_words": _AFTER_THE_MONEY,
    "kit.compare_files": _AFTER_THE_MONEY,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # what last ran then is due when beat first starts, not one round later
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "send notices": {"task": "notices.sweep", "schedule": 15.0},
    "send digests": {"task": "notices.sweep_digests", "schedule": 30.0},
    "settle callbacks": {"task": "orders.sweep_callbacks", "schedule": 15.0},
    "open charges": {"task": "orders.sweep_charges", "schedule": 20.0},
    "ask for the truth": {"task": "orders.reconcile", "schedule": 15.0},
    "expire unpaid": {"task": "orders.expire", "schedule": 30.0},
    "answer or cancel": {"task": "orders.cancel_unanswered", "schedule": 60.0},
    "complete received": {"task": "orders.complete_received", "schedule": 60.0},
    "escalate complaints": {"task": "orders.escalate_complaints", "schedule": 60.0},
    "send refunds": {"task": "orders.sweep_refunds", "schedule": 30.0},
    "issue documents": {"task": "orders.sweep_documents", "schedule": 60.0},
    "issue statements": {"task": "orders.sweep_statements", "schedule": 3600.0},
    "make exports": {"task": "orders.sweep_exports", "schedule": 60.0},
    "send payouts": {"task": "orders.sweep_payouts", "schedule": 30.0},
    "plan payouts": {"task": "orders.carry_out_plans", "schedule": 1800.0},
    "check the books": {"task": "orders.check_books", "schedule": 600.0, "last_run_at": _LONG_AGO},
    "seal the books": {"task": "orders.seal_entries", "schedule": 60.0},
    "say the head of the chain": {"task": "orders.say_head", "schedule": 24 * 3600.0},
    "match reports": {"task": "orders.sweep_reports", "schedule": 120.0},
    "count what sold": {"task": "orders.count_standing", "schedule": 300.0},
    "compare files with rows": {"task": "kit.compare_files", "schedule": 24 * 3600.0},
    "count the words": {"task": "catalog.count_words", "schedule": 6 * 3600.0},
}
_TICK = {"priority": 3}  # behind the money, before its papers and letters: in a crowd of those it would always be too old
for _tick in CELERY_BEAT_SCHEDULE.values():  # ticks that piled up behind a dead worker are not worked off one by one
    _task = _tick["task"]
    _waits = _task in CELERY_TASK_ROUTES or _task.startswith("notices.")
    _tick["options"] = {"expires": _tick["schedule"]} | (_TICK if _waits else {})
