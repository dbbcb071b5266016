"""Readers written in Rust fail in many ways; here they fail in one."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.errors import CoreError

ORDINARY = (OSError, ValueError, RuntimeError, OverflowError, TypeError)


@contextmanager
def guarded(refusal: Callable[[], Exception]) -> Iterator[None]:
    """Whatever a reader fails with inside becomes `refusal()`; what core raises on purpose stays what it is."""
    import polars as pl

    try:
        yield
    except CoreError:
        raise
    except BaseException as error:
        # A panic is no Exception, and each reader has a class of its own for it.
        foreign = type(error).__module__.startswith(("_fastexcel", "fastexcel"))
        if not (foreign or isinstance(error, (*ORDINARY, pl.exceptions.PolarsError))
                or type(error).__name__ == "PanicException"):
            raise
        raise refusal() from None
