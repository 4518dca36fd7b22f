"""The cache fails open: a dead or slow Redis is a miss, never an error, and costs one wait per few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
T = TypeVar("T")

QUIET_SECONDS = 5.0


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache behind a breaker."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._resting_until = 0.0

    def _try(self, call: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._resting_until:
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            self._resting_until = time.monotonic() + QUIET_SECONDS
            log.warning("cache_away", error=type(error).__name__)
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store unless present; a dead cache answers True, as if nobody had stored it."""
        return self._try(lambda: super(FailOpenRedisCache, self).add(*args, **kwargs), otherwise=True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the value or the default."""
        return self._try(lambda: super(FailOpenRedisCache, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Store if possible."""
        self._try(lambda: super(FailOpenRedisCache, self).set(*args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        """Prolong if possible."""
        return self._try(lambda: super(FailOpenRedisCache, self).touch(*args, **kwargs), otherwise=False)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget if possible."""
        return self._try(lambda: super(FailOpenRedisCache, self).delete(*args, **kwargs), otherwise=False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """Return what is there."""
        return self._try(lambda: super(FailOpenRedisCache, self).get_many(keys, version), {})

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Store if possible."""
        return self._try(lambda: super(FailOpenRedisCache, self).set_many(*args, **kwargs), [])

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        """Tell whether it is known to be there."""
        return self._try(lambda: super(FailOpenRedisCache, self).has_key(*args, **kwargs), otherwise=False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count up; raises ValueError for a missing key, as Django does, also while Redis is away."""
        counted = self._try(lambda: super(FailOpenRedisCache, self).incr(key, delta, version), None)
        if counted is None:
            raise ValueError(key)
        return counted
