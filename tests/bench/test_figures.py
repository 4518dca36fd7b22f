"""Ratios, limits and the table."""

import pytest

from bench.figures import Figure, growth, ratio_of, share, table


def test_the_ratio_is_the_median_round_by_round_so_that_a_disturbed_round_disturbs_nothing() -> None:
    assert ratio_of([30, 3, 33], [100, 10, 100]) == 0.3


def test_a_share_holds_both_medians() -> None:
    figure = share("API", [15.0, 20.0, 10.0], [100.0, 100.0, 100.0], 0.15, "polos")

    assert (figure.value, figure.ratio, figure.against) == (15.0, 0.15, "polos 100/dtk")
    assert figure.is_met


@pytest.mark.parametrize(
    ("ratio", "bound", "met"), [(0.31, "at least", True), (0.29, "at least", False), (0.31, "at most", False)]
)
def test_a_limit_is_kept_or_missed(ratio: float, bound: str, met: object) -> None:
    assert Figure("x", 1.0, "/dtk", "", ratio, bound, 0.3).is_met is met  # type: ignore[arg-type]


def test_without_ratio_the_value_itself_is_held_to_the_limit() -> None:
    assert Figure("memori", 149.0, "MB", bound="at most", limit=150).is_met
    assert not Figure("memori", 151.0, "MB", bound="at most", limit=150).is_met


def test_a_figure_without_a_limit_is_only_told() -> None:
    assert Figure("checkout", 0.0, "/dtk").is_met


def test_growth_is_a_ratio_of_times() -> None:
    figure = growth("cari", 0.020, 0.025, 1.5, "1.000:")

    assert (figure.value, figure.ratio, figure.against) == (25.0, 1.25, "1.000: 20.0 md")


def test_the_table_marks_what_is_met_and_what_is_missed() -> None:
    told = table([share("satu", [50.0], [100.0], 0.3, "polos"), share("dua", [10.0], [100.0], 0.3, "polos")]).splitlines()

    assert told[1].split() == ["satu", "50.0", "/dtk", "polos", "100/dtk", "0.500", "≥", "0.3", "✓"]
    assert told[2].endswith("✗")
