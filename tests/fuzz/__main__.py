"""`python -m tests.fuzz TARGET [--runs N] [--seconds S]`: drive a reader with damaged input, guided by coverage.

Needs the extra `fuzz` (Linux and macOS). Ends with status 0 if nothing was found; else the input that a reader stumbled
over is left in the present folder, as `crash-...`.
"""
from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile

NAMES = ("idx", "document", "picture")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--runs", type=int, default=0, help="how many inputs are tried (default: until stopped)")
    parser.add_argument("--seconds", type=int, default=0, help="for how long (default: until stopped)")
    chosen = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print('atheris is not installed: .venv/bin/python -m pip install -e ".[fuzz]"', file=sys.stderr)
        return 2
    options = [f"-atheris_runs={chosen.runs}"] if chosen.runs else []
    options += [f"-max_total_time={chosen.seconds}"] if chosen.seconds else []
    # The fuzzer ends its process without tidying up: that is done from here.
    with tempfile.TemporaryDirectory(prefix="layerloom-fuzz-") as place:
        command = [sys.executable, "-m", "tests.fuzz.inside", chosen.target, place, *options]
        return subprocess.call(command, env=os.environ | {"TMPDIR": place})


if __name__ == "__main__":
    sys.exit(main())
