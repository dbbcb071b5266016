"""Getting the files of a data set from the network into the user's cache. Nothing calls this unasked."""
from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from core.datasets._base import Dataset
from core.datasets._files import cache
from core.datasets._sources import SOURCES, Remote, Source
from core.datasets._survey import forget
from core.datasets._task import Task
from core.datasets._transfer import CutOffError, TransferError, transfer
from core.errors import DataError, Problem

MEGABYTE = 1e6
FULL = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "your disk quota is used up"}


def offered(dataset: Dataset) -> str:
    """The kind of a data set whose files are missing, if downloading them helps; else nothing."""
    kind = dataset.info.kind
    return kind if kind in SOURCES and not getattr(dataset, "folder", "") and dataset.missing() else ""


def lacking(kind: str) -> tuple[Remote, ...]:
    """The files that a download of this data set would get: those that are not in the cache in full size."""
    place = cache(kind)
    return tuple(remote for remote in SOURCES[kind].files if not _there(place / remote.name, remote.size))


def download(kind: str, task: Task | None = None) -> Path:
    """Download the files of a data set into the user's cache, and give the folder.

    A file appears there only when all of it has come and its SHA-256 is right. What came before somebody stopped the
    task, or the connection broke, is kept, and the next download goes on from there. Mirrors are tried in turn. Raises
    DataError saying what went wrong, CancelledError if the task was stopped.
    """
    source, place = SOURCES[kind], cache(kind)
    counter = _Counter(source, task or Task())
    try:
        place.mkdir(parents=True, exist_ok=True)
        for remote in source.files:
            _fetch(source, remote, place, counter)
            counter.before += remote.size
    except OSError as error:
        raise _unwritable(source, place, error) from None
    forget()
    return place


class _Counter:
    """Tells a task how much of all files is there."""

    def __init__(self, source: Source, task: Task):
        self.source, self.task, self.before = source, task, 0

    def __call__(self, here: int) -> None:
        done, whole = self.before + here, self.source.size
        self.task.tell(f"Downloading {self.source.title}: {done / MEGABYTE:.1f} of {whole / MEGABYTE:.1f} MB",
                       done / whole)


def _fetch(source: Source, remote: Remote, place: Path, told: Callable[[int], None]) -> None:
    """One file from the first mirror that gives it."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    reasons: list[str] = []
    cut = False
    for mirror in source.mirrors:
        def get(address: str, into: str, _: object, remote: Remote = remote) -> None:
            part = place / f"{remote.name}.part"
            transfer(address, part, remote.size, told)
            os.replace(part, into)

        host = urlsplit(mirror).hostname or mirror
        try:
            pooch.retrieve(mirror + remote.name, known_hash=f"sha256:{remote.sha256}", fname=remote.name, path=place,
                           downloader=get)
        except TransferError as error:
            cut |= isinstance(error, CutOffError)
            reasons.append(f"{host}: {error}")
        except ValueError:
            reasons.append(f"{host}: the file is not the original one (its SHA-256 differs) and was thrown away")
        else:
            return
    hint = "Check the connection and download again: it goes on from where it ended." if cut else "Try again later."
    raise DataError(Problem("data.download", f"{remote.name} of {source.title} could not be downloaded: "
                            f"{'; '.join(reasons)}.", hint=hint))


def _there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _unwritable(source: Source, place: Path, error: OSError) -> DataError:
    number = error.errno or 0
    reason = FULL.get(number) or ("you may not write there" if isinstance(error, PermissionError) else
                                  error.strerror or str(error))
    hint = "Free some space and download again: it goes on from where it ended." if number in FULL else \
        "See to it that the folder can be written to, or put the files into another place by hand."
    return DataError(Problem("data.download", f"{source.title} could not be kept in {place}: {reason}.", hint=hint))
