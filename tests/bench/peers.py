"""The others: PyTorch and scikit-learn doing the same work on the same samples, each at its fastest."""
from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from core.datasets import Samples

try:
    import torch
except ImportError:
    torch = None


def version() -> str:
    """PyTorch's version, or a dash."""
    return str(torch.__version__) if torch else "—"


class Torch:
    """Eager PyTorch without a DataLoader: tensors indexed in memory. Shuffles and gathers as we do.

    It neither counts right predictions nor reads the loss, which we do at every step: those come on top for us.
    """

    def __init__(self, name: str, make: Callable[[], tuple[Any, Any, Any]], x: Any, y: Any, *, batch: int, epochs: int,
                 threads: int, steps: int | None = None):
        self.name, self.x, self.y, self.batch, self.epochs = name, x, y, batch, epochs
        self.threads, self.steps = threads, steps
        self.model, self.loss, self.optimizer = make()

    def run(self) -> float:
        torch.set_num_threads(self.threads)
        begun = time.perf_counter()
        done = self._full() if self.batch >= len(self.x) else sum(self._epoch() for _ in range(self.epochs))
        return done / (time.perf_counter() - begun)

    def _full(self) -> int:
        for _ in range(self.epochs):
            self._step(self.x, self.y)
        return self.epochs

    def _epoch(self) -> int:
        order, x, y, batch = torch.randperm(len(self.x)), self.x, self.y, self.batch
        starts = range(0, len(x), batch)[: self.steps]
        for start in starts:
            chosen = order[start : start + batch]
            self._step(x[chosen], y[chosen])
        return len(starts)

    def _step(self, x: Any, y: Any) -> None:
        self.optimizer.zero_grad()
        self.loss(self.model(x), y).backward()
        self.optimizer.step()


class Sklearn:
    """MLPClassifier, one epoch by partial_fit. It has no dropout, so it does less."""

    def __init__(self, name: str, samples: Samples, count: int, threads: int):
        from sklearn.neural_network import MLPClassifier

        self.name, self.threads = name, threads
        self.x, self.y = samples.x[:count], samples.y[:count]
        self.classes = np.unique(samples.y)
        self.model = MLPClassifier((256, 128), batch_size=64, alpha=0.0)

    def run(self) -> float:
        begun = time.perf_counter()
        with threadpool_limits(self.threads), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.model.partial_fit(self.x, self.y, classes=self.classes)
        return -(-len(self.x) // 64) / (time.perf_counter() - begun)


def variants(make: Callable[[bool], tuple[Any, Any, Any]], x: np.ndarray, y: np.ndarray, **how: Any) -> list[Torch]:
    """With one thread and two, with the optimizer as it comes and fused into one kernel."""
    if torch is None:
        return []
    torch.manual_seed(0)
    tensors = torch.from_numpy(x), torch.from_numpy(np.ascontiguousarray(y))
    return [
        Torch(f"PyTorch{', fused' if fused else ''}, {threads} thread{'s' if threads > 1 else ''}",
              lambda fused=fused: make(fused), *tensors, threads=threads, **how)
        for fused in (False, True) for threads in (1, 2)
    ]
