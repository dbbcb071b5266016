"""NumPy's OpenBLAS takes slow kernels on AMD processors that have AVX-512. Better ones are named to it here.

The variable counts only if it is set before NumPy is imported, so this module imports nothing of ours.
"""
from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

VARIABLE = "OPENBLAS_CORETYPE"
NEEDED = frozenset({"avx512f", "avx512bw", "avx512dq", "avx512vl"})
CPUINFO = Path("/proc/cpuinfo")


def choose_kernels(cpuinfo: Path = CPUINFO) -> None:
    """Ask OpenBLAS for its AVX-512 kernels where it would not take them by itself; what the user chose stands."""
    if VARIABLE not in os.environ and "numpy" not in sys.modules and wants_avx512(cpuinfo):
        os.environ[VARIABLE] = "SkylakeX"


def wants_avx512(cpuinfo: Path = CPUINFO) -> bool:
    """True on an AMD processor with all that those kernels use. Only Linux tells; elsewhere False."""
    try:
        with cpuinfo.open(encoding="utf-8", errors="replace") as file:
            lines = [line.partition(":") for line in itertools.takewhile(str.strip, file)]
    except OSError:
        return False
    first = {name.strip(): value.strip() for name, _, value in lines}
    return first.get("vendor_id") == "AuthenticAMD" and set(first.get("flags", "").split()) >= NEEDED
