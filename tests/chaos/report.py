"""The figures of the runs, printed at the end."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """One line a run."""

    lines: list[str] = field(default_factory=list)

    def say(self, run: str, **figures: float) -> None:
        """Write down what was counted and measured."""
        told = " ".join(
            f"{name}={value:.1f}" if isinstance(value, float) else f"{name}={value}" for name, value in figures.items()
        )
        self.lines.append(f"{run}: {told}")
