"""The threads of a run: those that work on parts of a batch, and none inside matrix products."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

from core.engine.network import Network


@contextmanager
def at_work(network: Network, batch: int) -> Iterator[None]:
    """A block in which batches of `batch` samples are computed: BLAS keeps to one thread, the parts have theirs.

    Several threads inside one product gain little, and nearly stop when another process is busy (measured, see
    core/DECISIONS.md). BLAS knows one number for the whole process, so the last run to end restores it.
    """
    cut = len(network.batch(batch).plans) > 1
    with _controller().limit(limits=1, user_api="blas"), network.team.at_work() if cut else nullcontext():
        yield


@cache
def _controller() -> Any:
    """Finding the libraries takes milliseconds, so it is done once. NumPy's is loaded by now."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
