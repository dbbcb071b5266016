"""What is measured and how: contestants take turns, so that a busy machine is busy for all of them."""
from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol


class Contestant(Protocol):
    """One way to do a piece of work. `run` does one round and gives its rate."""

    name: str

    def run(self) -> float: ...


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. `ratio` is ours against theirs; what could not be measured is None."""

    case: str
    what: str
    unit: str
    ours: float | None
    peer: str = ""
    theirs: float | None = None
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def alternate(contestants: Sequence[Contestant], rounds: int) -> dict[str, list[float]]:
    """Rates by name: `rounds` rounds in which everybody runs once, after one round that does not count."""
    rates: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for number in range(rounds + 1):
        for contestant in contestants:
            rate = contestant.run()
            if number:
                rates[contestant.name].append(rate)
    return rates


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def against(case: str, what: str, rates: Mapping[str, list[float]], ours: str, peers: Sequence[str], peer: str,
            least: float | None) -> Row:
    """Ours against the fastest of `peers`: median rates, and the median of the ratios round by round."""
    mine, found = rates[ours], [name for name in peers if name in rates]
    target = f"≥ {least:g} ×" if least else ""
    if not found:
        return Row(case=case, what=what, unit="steps/s", ours=median(mine), peer=peer, target=target)
    best = max(found, key=lambda name: median(rates[name]))
    ratio = median([a / b for a, b in zip(mine, rates[best], strict=True)])
    return Row(case=case, what=what, unit="steps/s", ours=median(mine), peer=best, theirs=median(rates[best]),
               ratio=ratio, target=target, met=ratio >= least if least else None)


def at_least(value: float | None, least: float) -> bool | None:
    return None if value is None else value >= least


def at_most(value: float | None, most: float) -> bool | None:
    return None if value is None else value <= most
