"""Entry point of `layerloom`: finds the command, runs it, and turns errors into one sentence and an exit status."""
from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

import core
from core.cli import _blas
from core.cli._base import COMMANDS, say
from core.cli._window import open_window, opens_window
from core.errors import CoreError
from core.registry import discover

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` (by default the process's arguments) asks for.

    The exit status: 0 done, 1 the input was refused or training failed, 2 wrong usage, 130 interrupted.
    """
    _blas.choose_kernels()
    if argv is None:
        argv = sys.argv[1:]
        for stream in (sys.stdout, sys.stderr):
            _never_fails(stream)
    try:
        status = _run(argv)
        sys.stdout.flush()
        return status
    except CoreError as error:
        say(error.problem.text)
        return REFUSED
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, had enough.
        _close_stdout()
        return DONE
    except OSError as error:
        _close_stdout()
        say(f"The output could not be written: {error.strerror or error}.")
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str]) -> int:
    discover("core.cli")
    if opens_window(argv):
        return open_window(argv)
    parser = _parser(argv)
    if not argv[0].startswith("-") and argv[0] not in COMMANDS:
        say(f"{COMMANDS.unknown(argv[0])} `layerloom --help` lists them all.")
        return USAGE
    try:
        chosen = parser.parse_args(argv)
    except SystemExit as end:
        return USAGE if end.code else DONE
    return COMMANDS[chosen.command].run(chosen)


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="layerloom", allow_abbrev=False,
        description="Draw a neural network, train it while you watch, and keep what you made.",
        epilog="Without a command: `layerloom [FILE]` opens the window. FILE may be example:ID, as listed by "
               "`layerloom examples`.")
    parser.add_argument("--version", action="version", version=f"layerloom {core.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.summary, description=command.summary, allow_abbrev=False)
        if name in argv[:1]:
            # What a command takes may depend on catalogues, which cost time to import.
            command.arguments(sub)
    return parser


def _never_fails(stream: object) -> None:
    """A character that the terminal does not have is written as its number."""
    with contextlib.suppress(AttributeError, ValueError):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]


def _close_stdout() -> None:
    """Python would complain once more, with a traceback, about what it could not write, when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
