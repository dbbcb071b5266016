"""`python -m tests.bench [--quick] [--only NAME ...] [--json FILE]`: ours against the peers, in one run.

PyTorch comes with the extra `bench`; without it its columns stay empty. `--profile CASE ...` shows instead how long
each node takes in a step of training.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from core.cli import _blas

_blas.choose_kernels()

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from tests.bench import canvas, cases, contests, engine, growth, images, machine, memory, tables, window  # noqa: E402
from tests.bench.profile import print_profile, profile  # noqa: E402
from tests.bench.rows import Row  # noqa: E402

BENCHES = (contests.BENCHES | engine.BENCHES | growth.BENCHES | memory.BENCHES | window.BENCHES
           | canvas.BENCHES | images.BENCHES | tables.BENCHES)
ROUNDS = 7


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small cases, three rounds: to see that it works")
    parser.add_argument("--only", nargs="+", choices=list(BENCHES), metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--rounds", type=int, default=0, help=f"rounds of every contest (default {ROUNDS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    parser.add_argument("--profile", nargs="+", choices=list(cases.TRAINED), metavar="CASE",
                        help=f"time of every node in a step: {', '.join(cases.TRAINED)}")
    chosen = parser.parse_args()
    if chosen.profile:
        for name in chosen.profile:
            print_profile(name, profile(cases.TRAINED[name]()), console())
        return 0
    rounds = chosen.rounds or (3 if chosen.quick else ROUNDS)
    rows: list[Row] = []
    for name in chosen.only or BENCHES:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += BENCHES[name](rounds, chosen.quick)
        if chosen.json:
            # After every case: whoever stops a long run has the rows so far.
            save(chosen.json, rounds, rows)
    show(machine.describe(), rows)
    return 0


def save(file: Path, rounds: int, rows: list[Row]) -> None:
    """The machine and the rows, as JSON."""
    found = {"machine": machine.describe(), "rounds": rounds, "rows": [row.plain() for row in rows]}
    file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def console() -> Console:
    """Wide enough for the tables where there is no terminal."""
    return Console(width=None if sys.stdout.isatty() else 150)


def show(about: dict[str, str], rows: list[Row]) -> None:
    """The machine in one line, then the table."""
    printer = console()
    printer.print(", ".join(f"{name} {value}" for name, value in about.items()), highlight=False)
    table = Table("case", "what")
    for title in ("ours", "peer's", "unit", "ratio", "target"):
        table.add_column(title, justify="right")
    table.add_column("met")
    table.add_column("peer")
    last = ""
    for row in rows:
        ratio = "—" if row.ratio is None else f"{row.ratio:.2f} ×"
        met = "" if row.met is None else ("yes" if row.met else "NO")
        table.add_row("" if row.case == last else row.case, row.what, number(row.ours), number(row.theirs), row.unit,
                      ratio, row.target, met, row.peer)
        last = row.case
    printer.print(table)


def number(value: float | None) -> str:
    """Three digits or so."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
