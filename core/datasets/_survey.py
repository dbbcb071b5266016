"""What has to be read from files before a data set can be described: read once, remembered until a file changes.

A window must not wait for a large file. Inside `deferred()`, what is not known yet raises `ReadingError` at once;
`survey`, called in another thread, gets it to be known. What a file held before it changed goes on to count there until
it is read anew: nothing that goes on in the window ends because a file is written or lost.
"""
from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from core.datasets._task import CancelledError, Task
from core.errors import CoreError, DataError, Problem

if TYPE_CHECKING:
    from core.datasets._base import Dataset

log = logging.getLogger(__name__)

KEPT = 16
T = TypeVar("T")

Stamps = tuple[tuple[str, int, int, int], ...]
Mode = Literal["", "deferred", "anew"]

_deferred: ContextVar[Mode] = ContextVar("deferred", default="")
_results: OrderedDict[tuple[Hashable, Stamps], Any] = OrderedDict()
_newest: dict[tuple[Hashable, tuple[str, ...]], tuple[Hashable, Stamps]] = {}
_lock = threading.Lock()


class ReadingError(DataError):
    """A file is not read yet."""


@contextmanager
def deferred(*, anew: bool = False) -> Iterator[None]:
    """Within it, nothing is read from files; what would be needed raises `ReadingError`.

    What is known of a file before it changed counts as known, unless `anew`.
    """
    token = _deferred.set("anew" if anew else "deferred")
    try:
        yield
    finally:
        _deferred.reset(token)


def survey(dataset: Dataset, task: Task | None = None) -> None:
    """Read all that `dataset.spec()` needs, so that it is known from now on. Slow. Raises DataError, CancelledError."""
    token = _deferred.set("")
    try:
        with working(task or Task()):
            dataset.columns()
    finally:
        _deferred.reset(token)


def outdated(dataset: Dataset) -> bool:
    """True if files of `dataset` are not read yet, or have changed since. Fast."""
    try:
        with deferred(anew=True):
            dataset.columns()
    except ReadingError:
        return True
    except CoreError:
        return False
    return False


_waiting: ContextVar[Task | None] = ContextVar("waiting", default=None)


@contextmanager
def working(task: Task) -> Iterator[None]:
    """Within it, whatever is read from files tells `task` how far it is, and ends if that is stopped."""
    token = _waiting.set(task)
    try:
        yield
    finally:
        _waiting.reset(token)


def at_work() -> Task:
    """The task that files are read for; one that nobody hears or stops if there is none."""
    return _waiting.get() or Task()


def known(what: str, key: Hashable, files: tuple[str, ...], read: Callable[[Task], T]) -> T:
    """What `read` gives, from memory if it was read before and none of the `files` has changed since.

    `what` is what messages call it ("table.csv"), `key` tells apart what is read from the same files. An error is
    remembered, too. Raises DataError, `ReadingError` if it is not known and must not be read now.
    """
    mode, whole = _deferred.get(), (key, tuple(map(stamp, files)))
    with _lock:
        found = whole
        if whole not in _results and mode == "deferred":
            before = _newest.get((key, files), whole)
            found = whole if isinstance(_results.get(before), CoreError) else before
        if found in _results:
            _results.move_to_end(found)
            return cast(T, _given(_results[found]))
    if mode:
        raise ReadingError(Problem("data.reading", f"{what} is being read.", param="source",
                              hint="It can be trained with as soon as that is done."))
    try:
        result: Any = read(at_work())
    except CoreError as error:
        result = error
    except (CancelledError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of polars is no Exception. Not remembered, it would be read again and again.
        log.exception("%s could not be read", what)
        result = _defect(what, error)
    with _lock:
        _results.pop(_newest.get((key, files), whole), None)
        _results[whole], _newest[key, files] = result, whole
        while len(_results) > KEPT:
            (oldest, stamps), _ = _results.popitem(last=False)
            _newest.pop((oldest, tuple(file for file, *_ in stamps)), None)
    return cast(T, _given(result))


def forget() -> None:
    """Read everything anew from now on."""
    with _lock:
        _results.clear()
        _newest.clear()


def _given(result: Any) -> Any:
    if isinstance(result, CoreError):
        raise type(result)(result.problem)
    return result


def stamp(file: str) -> tuple[str, int, int, int]:
    """What tells whether a file or folder has changed; zeros for one that is not there."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return file, 0, 0, 0
    # The last of them changes with the right to read the file, too.
    return file, found.st_mtime_ns, found.st_size, found.st_ctime_ns


def _defect(what: str, error: BaseException) -> DataError:
    if isinstance(error, MemoryError):
        return DataError(Problem("data.memory", f"{what}: there is not enough memory for these data.", param="source",
                                 hint="Choose a smaller file, or close other programs."))
    return DataError(Problem("data.bug", f"{what} cannot be read: {type(error).__name__}: {error}.", param="source",
                             hint="Choose another file."))
