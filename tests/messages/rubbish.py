"""What comes to the provider's doors that is not its honest word: a corpus made by rule, each body with a name."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bebeli.orders.callbacks import MAX_BYTES
from bebeli.orders.gateway.signature import sign, sign_body

FIELDS = ("order_id", "status_code", "gross_amount", "signature_key", "transaction_id", "transaction_status")
SIGNED_OVER = ("order_id", "status_code", "gross_amount")
ODD_VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "number": 7,
    "negative": -1,
    "fraction": 0.5,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "empty": "",
    "list": ["x"],
    "object": {"a": "b"},
    "NUL": "\0",
    "surrogate": "\ud800",
    "long": "9" * 5000,
    "right-to-left": "\u202e",
    "quote": "'; DROP TABLE orders_payment; --",
    "markup": "<script>alert(1)</script>",
}
CODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7")


@dataclass(frozen=True)
class Rubbish:
    """A named body and the answers that are right for it; `is_signed` when its signature is right all the same."""

    name: str
    raw: bytes
    right: frozenset[int] = frozenset({400, 403})
    is_signed: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def body(order_id: str, server_key: str, **bent: Any) -> dict[str, Any]:
    """A message as the provider would write it of a settlement, bent before it is signed."""
    said: dict[str, Any] = {
        "transaction_time": "2026-11-25 10:00:00",
        "transaction_status": "settlement",
        "transaction_id": "513f1f01-c9da-474c-9fc9-d5c64364b709",
        "status_code": "200",
        "gross_amount": "25000.00",
        "order_id": order_id,
        "currency": "IDR",
        **bent,
    }
    parts = [str(said[name]).encode("utf-8", "replace").decode() for name in SIGNED_OVER]
    return {"signature_key": sign(parts[0], parts[1], parts[2], server_key), **said}


def written(said: Any) -> bytes:
    """JSON as Python writes it: NaN, Infinity and lone surrogates included."""
    return json.dumps(said).encode()


def _forged(order_id: str, key: str) -> Iterator[Rubbish]:
    """A wrong signature over a right message."""
    right = body(order_id, key)
    signature = right["signature_key"]
    no = frozenset({403})
    bends = {
        "zeros": "0" * 128,
        "upper case": signature.upper(),
        "one digit off": signature[:-1] + ("0" if signature[-1] != "0" else "1"),
        "cut": signature[:127],
        "longer": signature + "0",
        "spaces": f" {signature} ",
        "another key's": sign(order_id, "200", "25000.00", "SB-Mid-server-OTHER"),
        "no key": sign(order_id, "200", "25000.00", ""),
        "another order's": sign("BB-AAAAAAAA-p1", "200", "25000.00", key),
        "another amount's": sign(order_id, "200", "1.00", key),
        "another code's": sign(order_id, "201", "25000.00", key),
        "amount without cents": sign(order_id, "200", "25000", key),
    }
    for name, bent in bends.items():
        yield Rubbish(f"signature: {name}", written({**right, "signature_key": bent}), no)
    for name in SIGNED_OVER:
        yield Rubbish(f"changed after signing: {name}", written({**right, name: right[name] + "0"}), no)
    for name in FIELDS[:4]:
        yield Rubbish(f"without {name}", written({key_: value for key_, value in right.items() if key_ != name}), no)


def _wrong_types(order_id: str, key: str) -> Iterator[Rubbish]:
    """Every field as something that it never is."""
    right = body(order_id, key)
    for name in FIELDS:
        for odd, value in ODD_VALUES.items():
            is_signed = name in {"transaction_id", "transaction_status"}
            code = frozenset({200} if is_signed else {403})
            yield Rubbish(f"{name} is {odd}", written({**right, name: value}), code, is_signed)


def _broken(order_id: str, key: str) -> Iterator[Rubbish]:
    """Not JSON, or only a part of it."""
    raw = written(body(order_id, key))
    yield Rubbish("nothing", b"")
    for cut in range(1, 20):
        yield Rubbish(f"cut at {cut}/20", raw[: len(raw) * cut // 20], frozenset({400}))
    for name, text in {
        "null": b"null",
        "true": b"true",
        "a number": b"7",
        "a string": b'"x"',
        "NaN": b"NaN",
        "a list": b"[]",
        "a list of it": b"[" + raw + b"]",
        "twice": raw + raw,
        "a comma too many": raw[:-1] + b",}",
        "single quotes": raw.replace(b'"', b"'"),
        "a form": b"order_id=x&status_code=200",
        "XML": b"<?xml version='1.0'?><a/>",
        "spaces": b" " * 1000,
        "NULs": b"\0" * 1000,
        "bytes": bytes(range(256)),
        "half a character": raw[:-2] + b"\xe2\x82",
        "gzip": gzip.compress(raw, mtime=0),
        "deflate": zlib.compress(raw),
        "a number of 5000 digits": b'{"order_id": ' + b"9" * 5000 + b"}",
        "an exponent too large": b'{"order_id": 1e999999}',
    }.items():
        yield Rubbish(f"instead of JSON: {name}", text)


def _deep_and_huge(order_id: str, key: str) -> Iterator[Rubbish]:
    """Deeper or larger than anybody needs."""
    for depth in (10, 100, 1_000, 10_000, 30_000):
        yield Rubbish(f"{depth} lists deep", b"[" * depth + b"]" * depth)
        yield Rubbish(f"{depth} lists deep, never closed", b"[" * depth, frozenset({400}))
    for depth in (10, 100, 1_000, 10_000):
        nested = b'{"a":' * depth + b"1" + b"}" * depth
        yield Rubbish(f"{depth} objects deep", nested)
        yield Rubbish(
            f"signed with {depth} lists inside", _with(order_id, key, b"[" * depth + b"]" * depth), frozenset({200, 400}), True
        )
    for size in (MAX_BYTES - 600, MAX_BYTES + 1, 2 * MAX_BYTES, 1_000_000, 2_000_000):
        is_over = size > MAX_BYTES
        padded = _with(order_id, key, b'"' + b"x" * size + b'"')
        yield Rubbish(f"signed and padded by {size}", padded, frozenset({413} if is_over else {200}), not is_over)
    yield Rubbish("10,000 names", written({f"n{number}": 1 for number in range(4_000)}), frozenset({403}))


def _with(order_id: str, key: str, value: bytes) -> bytes:
    return written(body(order_id, key))[:-1] + b', "more": ' + value + b"}"


def _odd_names(order_id: str, key: str) -> Iterator[Rubbish]:
    """The same name twice, strange names, strange numbers beside a right signature."""
    raw = written(body(order_id, key))
    for name in FIELDS:
        bent = written("0" * 128 if name == "signature_key" else "other")
        covered = name in {*SIGNED_OVER, "signature_key"}
        last = raw[:-1] + b', "' + name.encode() + b'": ' + bent + b"}"
        first = b'{"' + name.encode() + b'": ' + bent + b", " + raw[1:]
        yield Rubbish(f"{name} again, the last bent", last, frozenset({403} if covered else {200}), not covered)
        yield Rubbish(f"{name} again, the first bent", first, frozenset({200}), True)
        yield Rubbish(
            f"{name} in capitals", raw.replace(f'"{name}"'.encode(), f'"{name.upper()}"'.encode()), frozenset({200, 403})
        )
    for odd in (b"NaN", b"Infinity", b"-Infinity", b"1e308", b"-0", b"9" * 4000):
        yield Rubbish(f"signed beside {odd[:12].decode()}", _with(order_id, key, odd), frozenset({200}), True)
    for name in ("__proto__", "constructor", "", "\0", "\ud800", "$where", "a" * 10_000):
        strange = written({**body(order_id, key), name: "x"})
        yield Rubbish(f"signed beside the name {name[:12]!r}", strange, frozenset({200}), True)


def _encodings(order_id: str, key: str) -> Iterator[Rubbish]:
    """The right text in a wrong coat; what the reader of JSON unwraps by itself is honest."""
    text = json.dumps(body(order_id, key))
    for coding in CODINGS:
        yield Rubbish(f"written in {coding}", text.encode(coding), frozenset({200, 400}))
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "x" * 500,
    ):
        raw = written(body(order_id, key, note=kind))
        yield Rubbish(f"called {kind[:30]}", raw, frozenset({200}), True, {"Content-Type": kind})
    for coding in ("gzip", "deflate", "br"):
        raw = gzip.compress(written(body(order_id, key, note=coding)), mtime=0)
        yield Rubbish(f"Content-Encoding {coding}", raw, frozenset({400}), False, {"Content-Encoding": coding})


def _strangers(_order_id: str, key: str) -> Iterator[Rubbish]:
    """Rightly signed, about nothing of ours: kept, answered 200, understood as nobody's."""
    for name in (
        "BB-TIDAKADA-p1",
        "",
        "x" * 64,
        "x" * 500,
        "../../etc/passwd",
        "%00",
        "BB-TIDAKADA-p1 ",
        "bb-tidakada-P1",
        "\u202eBB",
    ):
        yield Rubbish(f"order {name[:20]!r} of {len(name)}", written(body(name, key)), frozenset({200}), True)


def of_payments(order_id: str, key: str) -> list[Rubbish]:
    """Everything for the door of payments."""
    makers = (_forged, _wrong_types, _broken, _deep_and_huge, _odd_names, _encodings, _strangers)
    return [one for maker in makers for one in maker(order_id, key)]


def of_payouts(key: str) -> list[Rubbish]:
    """Everything for the door of payouts: its signature stands in a header and covers the whole body."""
    said = {"reference_no": "tidak-ada", "status": "completed", "amount": "1000.00"}
    unsigned = of_payments("BB-TIDAKADA-p1", "-")
    found = [Rubbish(one.name, one.raw, frozenset({400, 403, 413})) for one in unsigned]
    for odd, value in ODD_VALUES.items():
        for name in said:
            raw = written({**said, name: value})
            signed = {"Iris-Signature": sign_body(raw, key)}
            found.append(Rubbish(f"signed, {name} is {odd}", raw, frozenset({200}), True, signed))
    right = written(said)
    for name, given in {
        "none": "",
        "zeros": "0" * 128,
        "another body's": sign_body(b"{}", key),
        "no key": sign_body(right, ""),
    }.items():
        found.append(Rubbish(f"signature: {name}", right, frozenset({403}), False, {"Iris-Signature": given}))
    return found
