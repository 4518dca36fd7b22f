"""Amounts in words, as receipts say them: "seratus dua puluh lima ribu rupiah"."""

from __future__ import annotations

LIMIT = 10**18  # no amount of rupiah here comes near a quintillion

ONES_ID = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()  # noqa: SIM905  a list of words reads as words
SCALES_ID = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
ONES_EN = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  as above
ONES_EN += [f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")]
TENS_EN = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905  as above
SCALES_EN = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def in_indonesian(amount: int) -> str:
    """Return a whole amount of rupiah in Indonesian; raises ValueError from a quintillion on."""
    if amount < 0:
        return f"minus {in_indonesian(-amount)}"
    words: list[str] = []
    for group, scale in _groups(amount, SCALES_ID):
        words += ["seribu"] if scale == "ribu" and group == 1 else [*_hundreds_id(group), scale]
    return " ".join([word for word in words if word] or ["nol"]) + " rupiah"


def _hundreds_id(number: int) -> list[str]:
    words: list[str] = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        words += ["seratus"] if hundreds == 1 else [ONES_ID[hundreds], "ratus"]
    tens, ones = divmod(rest, 10)
    if tens == 1:
        return [*words, {0: "sepuluh", 1: "sebelas"}.get(ones, f"{ONES_ID[ones]} belas")]
    if tens:
        words += [ONES_ID[tens], "puluh"]
    return [*words, ONES_ID[ones]] if ones else words


def in_english(amount: int) -> str:
    """Return the same in English: "one hundred twenty-five thousand rupiah"."""
    if amount < 0:
        return f"minus {in_english(-amount)}"
    words: list[str] = []
    for group, scale in _groups(amount, SCALES_EN):
        words += [*_hundreds_en(group), scale]
    return " ".join([word for word in words if word] or ["zero"]) + " rupiah"


def _hundreds_en(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [ONES_EN[hundreds], "hundred"] if hundreds else []
    if rest == 0:
        return words
    if rest < len(ONES_EN):
        return [*words, ONES_EN[rest]]
    tens, ones = divmod(rest, 10)
    return [*words, f"{TENS_EN[tens]}-{ONES_EN[ones]}" if ones else TENS_EN[tens]]


def _groups(amount: int, scales: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return the groups of three digits that are not zero with their scale, the largest first."""
    if amount >= LIMIT:
        message = f"{amount} has no words here"
        raise ValueError(message)
    found = [(amount // 1000**place % 1000, scale) for place, scale in enumerate(scales)]
    return [(group, scale) for group, scale in reversed(found) if group]
