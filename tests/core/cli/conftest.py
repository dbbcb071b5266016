"""Running a command in this process, or in one of its own."""
from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.cli.main import main

ROOT = Path(__file__).resolve().parents[3]


class Ran(NamedTuple):
    """What a command left: its exit status and what it wrote."""

    status: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def layerloom(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process: layerloom("train", "example:xor-mlp")."""

    def run(*argv: Any) -> Ran:
        status = main([str(argument) for argument in argv])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


def in_process(*argv: Any, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "core.cli", *map(str, argv)]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=120, check=False, **options)


def refused(ran: Ran, *words: str) -> bool:
    """Whether it ended with status 1 and one line on stderr that holds `words`, and nothing on stdout."""
    line = ran.err.removesuffix("\n")
    assert ran.status == 1
    assert ran.out == ""
    assert line.startswith("layerloom: ")
    assert "\n" not in line
    assert "Traceback" not in line
    assert all(word in line for word in words), line
    return True
