"""How many threads the matrix products of a run take."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from core.engine.network import Network

SMALL = 100_000_000


@contextmanager
def blas_threads(network: Network, batch: int) -> Iterator[None]:
    """Keep BLAS to one thread where the largest product of a step is too small to gain from several.

    Smaller than SMALL multiply-adds, that is; measured, see core/DECISIONS.md. Never raises the number that the
    user chose. BLAS knows one number for the whole process, so the last run to end restores it.
    """
    if batch * network.largest_product >= SMALL:
        yield
        return
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> Any:
    """Finding the libraries takes milliseconds, so it is done once. NumPy's is loaded by now."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
