"""Into how many parts a batch is cut."""
from __future__ import annotations

WORTH = 2_000_000
SMALLEST, LARGEST = 16, 1024
CACHED = 1 << 20


def cut(n: int, multiply_adds: int, threads: int) -> list[int]:
    """Sizes of the parts of n samples, as even as can be, the larger ones first.

    A part gets at least WORTH multiply-adds of a forward pass: handing less to another thread costs more than it
    saves (measured, see core/DECISIONS.md).
    """
    parts = max(1, min(threads, n, multiply_adds // WORTH))
    return [n // parts + (i < n % parts) for i in range(parts)]


def chunk_size(numbers: int) -> int:
    """How many samples are evaluated at once, if all nodes together give `numbers` numbers for one: those of a chunk
    fit into the processor's cache, but a chunk is large enough to be worth the calls.
    """
    return max(SMALLEST, min(LARGEST, CACHED // max(numbers, 1)))
