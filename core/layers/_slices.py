"""Work on a batch, a slice of samples at a time, so that what several computations need stays in the cache."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.layers._base import Pass


def nothing() -> None:
    """Stands where nothing is wanted."""


def in_turn(*passes: Pass) -> Pass:
    """All of them, one behind the other."""
    if len(passes) == 1:
        return passes[0]

    def run_all() -> None:
        for run in passes:
            run()

    return run_all


@dataclass(frozen=True, slots=True)
class Work:
    """`begin`, then all `slices`, each with the number of its first sample, then `end`."""

    slices: Sequence[tuple[int, Pass]]
    begin: Pass = nothing
    end: Pass = nothing


def woven(*works: Work) -> Pass:
    """All of them, by turns: what concerns the same samples is done one behind the other, in the order of the works."""
    begins = [work.begin for work in works if work.begin is not nothing]
    ends = [work.end for work in works if work.end is not nothing]
    found = [(first, number, run) for number, work in enumerate(works) for first, run in work.slices]
    return in_turn(*begins, *(run for _, _, run in sorted(found, key=lambda one: one[:2])), *ends)
