"""`python -m tests.fuzz TARGET [--runs N] [--seconds S]`: drive a reader with damaged input, guided by coverage.

Needs the extra `fuzz` (Linux and macOS). Ends with status 0 if nothing was found; else the input that a reader stumbled
over is left in the present folder, as `crash-...`.
"""
from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

NAMES = ("idx", "document", "picture")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--runs", type=int, default=0, help="how many inputs are tried (default: until stopped)")
    parser.add_argument("--seconds", type=int, default=0, help="for how long (default: until stopped)")
    chosen = parser.parse_args()
    try:
        import atheris
    except ImportError:
        print('atheris is not installed: .venv/bin/python -m pip install -e ".[fuzz]"', file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["core", "gzip"]):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[chosen.target]
    with tempfile.TemporaryDirectory(prefix="layerloom-corpus-") as corpus:
        for number, seed in enumerate(target.seeds()):
            (Path(corpus) / f"{number}").write_bytes(seed)
        options = [f"-max_len={target.longest}", "-rss_limit_mb=4096", "-timeout=20", "-print_final_stats=1"]
        options += [f"-atheris_runs={chosen.runs}"] if chosen.runs else []
        options += [f"-max_total_time={chosen.seconds}"] if chosen.seconds else []
        atheris.Setup([sys.argv[0], *options, corpus], target.run)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
