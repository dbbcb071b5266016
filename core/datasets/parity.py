"""Is the number of ones odd?"""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._names import numbered
from core.kinds import Info
from core.params import Int


class Parity(Dataset):
    """All rows of `bits` zeros and ones in counting order; class 1 where the number of ones is odd.

    Shapes: x (2^bits, bits) of 0 and 1, the last column changing fastest; y (2^bits,). Every seed gives the same.

    Source: Minsky & Papert 1969, Perceptrons, chapter 3.
    """

    info = Info("parity", "Parity", "1 where an odd number of bits is 1", category="Logic",
                keywords=("exclusive or", "xor", "bits", "odd", "even", "checksum", "truth table", "boolean"))
    bits = Int(default=4, low=2, high=12, doc="How many inputs; with 2 it is XOR.")

    def spec(self) -> DataSpec:
        return DataSpec((self.bits,), numbered(self.bits), ("even", "odd"), samples=2**self.bits)

    def load(self, seed: int) -> Samples:
        places = np.arange(self.bits - 1, -1, -1)
        ones = np.arange(2**self.bits)[:, None] >> places & 1
        return Samples(ones.astype(np.float32), (ones.sum(axis=1) % 2).astype(np.intp))
