"""A measured figure, its spread, its yardstick and what was promised."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Series:
    """Samples of one thing.

    Attributes:
        name: what was measured.
        samples: in ``unit``, at least one.
        unit: ``ms``, ``B``, ``/s``, ``MB``...
    """

    name: str
    samples: Sequence[float]
    unit: str = "ms"

    @property
    def median(self) -> float:
        """Half of the samples are below."""
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        """Nineteen in twenty are below."""
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def __str__(self) -> str:
        if len(self.samples) == 1:
            return f"{self.name}: {_short(self.median)} {self.unit}"
        spread = statistics.quantiles(self.samples, n=4)
        return (
            f"{self.name}: median {_short(self.median)} {self.unit}, p95 {_short(self.p95)}, "
            f"half between {_short(spread[0])} and {_short(spread[2])} (n={len(self.samples)})"
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    Attributes:
        measured: ours.
        target: what was promised, in words.
        yardstick: the plain way, in the same run.
        remark: anything the reader must know.
    """

    measured: Series
    target: str = ""
    yardstick: Series | None = None
    remark: str = field(default="")

    def __str__(self) -> str:
        lines = [str(self.measured)]
        if self.yardstick is not None:
            ratio = self.measured.median / self.yardstick.median if self.yardstick.median else float("inf")
            lines.append(f"    yardstick  {self.yardstick}; ratio {ratio:.2f}")
        if self.target:
            lines.append(f"    target     {self.target}")
        if self.remark:
            lines.append(f"    remark     {self.remark}")
        return "\n".join(lines)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long one call took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
