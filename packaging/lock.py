"""Pin every package, with hashes, for Linux, macOS and Windows and every supported Python (needs uv).

python packaging/lock.py             take in what changed in pyproject.toml, keep the other pins
python packaging/lock.py --upgrade   take the newest releases

Writes packaging/requirements.txt (to run Layerloom) and packaging/requirements-dev.txt (to work on it; holds
all of the former).
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "packaging/requirements.txt"
DEVELOPMENT = "packaging/requirements-dev.txt"


def compile_command(output: str, *more: str) -> list[str]:
    """The uv command that pins pyproject.toml into `output`; no index address is written down."""
    return [
        *("uv", "pip", "compile", "pyproject.toml", "--output-file", output, "--quiet"),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-emit-index-url", "--no-annotate"),
        *("--custom-compile-command", "python packaging/lock.py"),
        *more,
    ]


def main(options: list[str]) -> int:
    """Write both files; return 1 if uv is missing or fails."""
    if shutil.which("uv") is None:
        print("packaging/lock.py needs uv: install it with `python3 -m pip install uv`.", file=sys.stderr)
        return 1
    for command in (
        compile_command(RUNTIME, *options),
        compile_command(DEVELOPMENT, "--extra", "dev", "--constraint", RUNTIME, *options),
    ):
        if subprocess.call(command, cwd=ROOT, stdout=subprocess.DEVNULL) != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
