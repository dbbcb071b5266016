"""Reading a large table, each time in a fresh process: `python -m tests.bench.tables ours|polars FILE`."""
from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from tests.bench.memory import ROOT, peak
from tests.bench.rows import Row, at_most, median

LINES, NUMBERS, WHOLES, WORDS = 1_000_000, 14, 3, 3
MOST_SECONDS, MOST_MEGABYTES = 2.0, 1000.0


def tables(rounds: int, quick: bool) -> list[Row]:
    """A table of a million rows and twenty columns as CSV: read and typed, beside polars that reads it as it is."""
    lines = LINES // 50 if quick else LINES
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "table.csv")
        write(file, lines)
        found: dict[str, list[dict[str, float]]] = {"ours": [], "polars": []}
        for _ in range(rounds):
            for who, figures in found.items():
                figures.append(measure(who, file))
        return [row for key, unit, most in (("seconds", "s", MOST_SECONDS), ("peak", "MB", MOST_MEGABYTES))
                for row in [_row(f"{lines:,} × {NUMBERS + WHOLES + WORDS} CSV: {key}", key, unit, most, found)]]


def _row(what: str, key: str, unit: str, most: float, found: dict[str, list[dict[str, float]]]) -> Row:
    ours, theirs = ([figures[key] for figures in found[who]] for who in ("ours", "polars"))
    ratio = median([mine / other for mine, other in zip(ours, theirs, strict=True)])
    return Row(case="tables", what=what, unit=unit, ours=median(ours), peer="polars.read_csv", theirs=median(theirs),
               ratio=ratio, target=f"≤ {most:,.0f} {unit}", met=at_most(median(ours), most))


def write(file: Path, lines: int) -> None:
    """Numbers with decimals, whole numbers and words."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(0)
    columns = {f"x{i}": rng.normal(size=lines).round(4) for i in range(NUMBERS)}
    columns |= {f"k{i}": rng.integers(0, 10 ** (i + 1), lines) for i in range(WHOLES)}
    columns |= {f"c{i}": rng.choice(["red", "green", "blue", "a longer one"], lines) for i in range(WORDS)}
    pl.DataFrame(columns).write_csv(file)


def measure(who: str, file: Path) -> dict[str, float]:
    """Seconds, and megabytes at the peak of a process of its own."""
    command = [sys.executable, "-m", "tests.bench.tables", who, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    import polars as pl

    from core.datasets.table_file import TableFile

    who, file = sys.argv[1:]
    begun = perf_counter()
    if who == "ours":
        TableFile(path=file).table(0)
    else:
        pl.read_csv(file)
    print(json.dumps({"seconds": perf_counter() - begun, "peak": peak()}))


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {"tables": tables}

if __name__ == "__main__":
    main()
