"""Into how many parts a batch is cut, to train and to evaluate."""
from __future__ import annotations

WORTH = 20_000_000
SMALLEST, LARGEST = 16, 2048
CACHED = 1 << 20


def cut(n: int, weights: int, threads: int) -> list[int]:
    """Sizes of the parts of n samples, as even as can be, the larger ones first.

    A product with the largest array of weights must be worth WORTH multiply-adds in each part: threads that call NumPy
    often wait for each other longer than they compute (measured, see core/DECISIONS.md).
    """
    parts = max(1, min(threads, n, n * weights // WORTH))
    return [n // parts + (i < n % parts) for i in range(parts)]


def chunk_size(numbers: int) -> int:
    """How many samples are evaluated at once, if all nodes together give `numbers` numbers for one: those of a chunk
    fit into the processor's cache, but a chunk is large enough to be worth the calls.
    """
    return max(SMALLEST, min(LARGEST, CACHED // max(numbers, 1)))
