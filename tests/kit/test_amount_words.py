"""Amounts in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bebeli.kit.amount_words import LIMIT, ONES_ID, in_english, in_indonesian

SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}
AMOUNTS = st.one_of(st.integers(0, 20_000), st.integers(0, LIMIT - 1))


def said(words: str) -> int:
    """Read an Indonesian number back."""
    total = group = last = 0
    for word in words.removesuffix(" rupiah").split():
        if word in ONES_ID:
            last = ONES_ID.index(word)
            group += last
        elif word in {"belas", "puluh", "ratus"}:
            group += {"belas": 10, "puluh": last * 9, "ratus": last * 99}[word]
        elif word in {"sepuluh", "sebelas", "seratus"}:
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word == "seribu":
            total += 1000
        else:
            total, group = total + group * SCALES[word], 0
    return total + group


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "nol rupiah", "zero rupiah"),
        (11, "sebelas rupiah", "eleven rupiah"),
        (19, "sembilan belas rupiah", "nineteen rupiah"),
        (1_000, "seribu rupiah", "one thousand rupiah"),
        (101_010, "seratus satu ribu sepuluh rupiah", "one hundred one thousand ten rupiah"),
        (125_000, "seratus dua puluh lima ribu rupiah", "one hundred twenty-five thousand rupiah"),
        (1_000_000, "satu juta rupiah", "one million rupiah"),
        (21_001_000, "dua puluh satu juta seribu rupiah", "twenty-one million one thousand rupiah"),
        (-5_000_000, "minus lima juta rupiah", "minus five million rupiah"),
    ],
)
def test_amounts_are_said_as_people_say_them(amount: int, indonesian: str, english: str) -> None:
    assert (in_indonesian(amount), in_english(amount)) == (indonesian, english)


@given(AMOUNTS)
def test_what_is_said_is_the_amount(amount: int) -> None:
    assert said(in_indonesian(amount)) == amount


@given(st.sets(AMOUNTS, min_size=2, max_size=20))
def test_no_two_amounts_sound_alike(amounts: set[int]) -> None:
    assert len({in_english(amount) for amount in amounts}) == len(amounts)
    assert all("  " not in in_english(amount) for amount in amounts)


def test_what_has_no_words_is_refused() -> None:
    for words in (in_indonesian, in_english):
        with pytest.raises(ValueError, match="no words"):
            words(LIMIT)
