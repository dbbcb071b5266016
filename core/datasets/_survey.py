"""What has to be read from files before a data set can be described: read once, remembered until a file changes.

A window must not wait for a large file. Inside `deferred()`, what is not known yet raises `ReadingError` at once;
`survey`, called in another thread, gets it to be known.
"""
from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar, cast

from core.datasets._task import Task
from core.errors import CoreError, DataError, Problem

if TYPE_CHECKING:
    from core.datasets._base import Dataset

KEPT = 16
T = TypeVar("T")

_deferred: ContextVar[bool] = ContextVar("deferred", default=False)
_results: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


class ReadingError(DataError):
    """A file is not read yet."""


@contextmanager
def deferred() -> Iterator[None]:
    """Within it, nothing is read from files; what would be needed raises `ReadingError`."""
    token = _deferred.set(True)
    try:
        yield
    finally:
        _deferred.reset(token)


def survey(dataset: Dataset, task: Task | None = None) -> None:
    """Read all that `dataset.spec()` needs, so that it is known from now on. Slow. Raises DataError, CancelledError."""
    token = _deferred.set(False)
    try:
        with working(task or Task()):
            dataset.columns()
    finally:
        _deferred.reset(token)


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
    whole = (key, tuple(map(_stamp, files)))
    with _lock:
        if whole in _results:
            _results.move_to_end(whole)
            return cast(T, _given(_results[whole]))
    if _deferred.get():
        raise ReadingError(Problem("data.reading", f"{what} is being read.", param="source",
                              hint="It can be trained with as soon as that is done."))
    try:
        result: Any = read(at_work())
    except CoreError as error:
        result = error
    with _lock:
        _results[whole] = result
        while len(_results) > KEPT:
            _results.popitem(last=False)
    return cast(T, _given(result))


def forget() -> None:
    """Read everything anew from now on."""
    with _lock:
        _results.clear()


def _given(result: Any) -> Any:
    if isinstance(result, CoreError):
        raise type(result)(result.problem)
    return result


def _stamp(file: str) -> tuple[str, int, int]:
    """What tells whether a file or folder has changed; zeros for one that is not there."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return file, 0, 0
    return file, found.st_mtime_ns, found.st_size
