"""`layerloom download`: the files of a data set from the network, after asking."""
from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from core.cli._base import Command, say

if TYPE_CHECKING:
    from core.datasets import Source, Task


def _arguments(parser: argparse.ArgumentParser) -> None:
    from core.datasets import SOURCES

    parser.add_argument("name", metavar="NAME", choices=list(SOURCES), help=", ".join(SOURCES))
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def _run(chosen: argparse.Namespace) -> int:
    from core.datasets import SOURCES, cache, download, lacking

    source, place, files = SOURCES[chosen.name], cache(chosen.name), lacking(chosen.name)
    if not files:
        say(f"{source.title} is in {place} already.")
        return 0
    megabytes = sum(file.size for file in files) / 1e6
    many = "1 file" if len(files) == 1 else f"{len(files)} files"
    say(f"{source.title}: {many}, {megabytes:.1f} MB, from {_from(source)}, into {place}.")
    if not chosen.yes and not _agreed():
        say("Nothing was downloaded. Agree with y, or give --yes.")
        return 1
    with _progress(quiet=chosen.quiet) as progress:
        download(chosen.name, progress.task)
    say(f"{source.title} is in {place}.")
    return 0


def _from(source: Source) -> str:
    first, *others = source.hosts
    return f"{first} (or {', '.join(others)})" if others else first


def _agreed() -> bool:
    """Whether the person at the terminal says yes; without a terminal nobody does."""
    if not sys.stdin.isatty():
        return False
    print("Download them? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


class _Quiet:
    """A download that nobody watches. Also what the bar is: a context around it."""

    def __init__(self) -> None:
        from core.datasets import Task

        self.task: Task = Task(self.told)

    def __enter__(self) -> _Quiet:
        return self

    def __exit__(self, *_: object) -> None:
        """It ended."""

    def told(self, text: str, share: float | None) -> None:
        """It got further."""


class _Bar(_Quiet):
    """A bar with the megabytes and the time that is left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        super().__init__()
        columns = (BarColumn(24), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._row = self._progress.add_task("", total=1.0)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def told(self, text: str, share: float | None) -> None:
        self._progress.update(self._row, completed=share or 0.0, description=text, refresh=True)


def _progress(*, quiet: bool) -> _Quiet:
    return _Bar() if sys.stderr.isatty() and not quiet else _Quiet()


Command(name="download", summary="Download a data set that does not come with the program, after asking.",
        arguments=_arguments, run=_run)
