"""What the figures were measured on."""
from __future__ import annotations

import os
import platform
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info

from tests.bench import peers


def describe() -> dict[str, str]:
    """Processor, cores, system, Python, NumPy with the kernels that its BLAS runs, PyTorch."""
    blas = next((lib for lib in threadpool_info() if lib["user_api"] == "blas" and "numpy" in lib["filepath"]), {})
    return {
        "processor": _processor(), "cores": str(os.cpu_count()), "system": platform.platform(),
        "python": platform.python_version(), "numpy": np.__version__,
        "blas": f"{blas.get('internal_api', 'unknown')} {blas.get('version', '')}".strip(),
        "kernels": str(blas.get("architecture", "unknown")),
        "coretype": os.environ.get("OPENBLAS_CORETYPE", "not set"), "threads": str(blas.get("num_threads", "unknown")),
        "torch": peers.version(), "load": _load(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
