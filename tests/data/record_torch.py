"""Reference values from PyTorch, in float64: `python -m tests.data.record_torch [FAMILY ...]` writes torch/FAMILY.npz.

What is compared, and how names and layouts there map to those here, is in the folder torch_cases.
"""
from __future__ import annotations

import sys
import zlib
from pathlib import Path

import numpy as np

from tests.data.torch_cases import _record, families
from tests.data.torch_cases._base import Table

FOLDER = Path(__file__).parent / "torch"


def record(family: str, seed: int = 0) -> dict[str, Table]:
    """All cases of a family with PyTorch as it is installed: case -> arrays. Each case draws its own numbers."""
    module = families()[family]
    rng = np.random.default_rng([seed, zlib.crc32(family.encode())])
    found = _record.layers(module.LAYERS, rng) if hasattr(module, "LAYERS") else module.record(rng)
    return {name: {key: np.asarray(value) for key, value in table.items()} for name, table in found}


def read(family: str) -> dict[str, Table]:
    """What was recorded."""
    tables: dict[str, Table] = {}
    with np.load(FOLDER / f"{family}.npz", allow_pickle=False) as file:
        for key in file.files:
            name, array = key.split("/")
            tables.setdefault(name, {})[array] = file[key]
    return tables


def main() -> None:
    for family in sys.argv[1:] or families():
        flat = {f"{name}/{key}": array for name, table in record(family).items() for key, array in table.items()}
        np.savez_compressed(FOLDER / f"{family}.npz", **flat)


if __name__ == "__main__":
    main()
