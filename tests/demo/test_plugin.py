"""The services of the test run itself."""

import os
import socket

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection


def test_the_settings_speak_to_the_private_services() -> None:
    assert os.environ["REDIS_URL"] == settings.REDIS_URL
    assert connection.settings_dict["HOST"] == "127.0.0.1"


def test_a_stranger_without_the_password_is_refused() -> None:
    address = os.environ["DATABASE_URL"].rpartition("@")[2]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://bebeli_owner@{address}")


def test_no_socket_leaves_the_machine() -> None:
    with pytest.raises(RuntimeError, match="only this machine"):
        socket.create_connection(("192.0.2.1", 80), 1)
    with pytest.raises(RuntimeError, match="only this machine"):
        socket.getaddrinfo("example.com", 80)


def test_valkey_answers_with_the_password() -> None:
    cache.set("ground", 1)
    assert cache.get("ground") == 1
