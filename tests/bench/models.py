"""The timed documents as PyTorch models: the same layers, sizes, losses and optimizers."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from core.datasets import Samples
from tests.bench import cases
from tests.bench.peers import Torch, torch, variants

Made = tuple[Any, Any, Any]


def xor(samples: Samples, epochs: int) -> list[Torch]:
    def make(fused: bool) -> Made:
        nn = torch.nn
        model = nn.Sequential(nn.Linear(2, 4), nn.Sigmoid(), nn.Linear(4, 1), nn.Sigmoid())
        return model, nn.MSELoss(), torch.optim.SGD(model.parameters(), 1.0, fused=fused)

    y = samples.y.astype(np.float32)[:, None]
    return variants(make, samples.x, y, batch=len(y), epochs=epochs)


def spiral(samples: Samples, epochs: int) -> list[Torch]:
    def make(fused: bool) -> Made:
        nn = torch.nn
        model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
        return model, nn.BCEWithLogitsLoss(), torch.optim.SGD(model.parameters(), 0.03, fused=fused)

    return variants(make, samples.x, samples.y.astype(np.float32)[:, None], batch=10, epochs=epochs)


def mlp(samples: Samples, steps: int) -> list[Torch]:
    def model() -> Any:
        nn = torch.nn
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Dropout(0.2), nn.Linear(256, 128), nn.ReLU(),
                             nn.Dropout(0.2), nn.Linear(128, 10))

    return _classifiers(model, samples.x, samples.y, 64, steps)


def cnn(samples: Samples, steps: int) -> list[Torch]:
    def model() -> Any:
        nn = torch.nn
        return nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2),
                             nn.Flatten(), nn.Linear(16 * 12 * 12, 10))

    return _classifiers(model, samples.x.reshape(-1, 1, 28, 28), samples.y, 64, steps)


def recurrent(kind: str, samples: Samples, steps: int) -> list[Torch]:
    def model() -> Any:
        nn = torch.nn
        layer = getattr(nn, kind)(cases.WORD, cases.MEMORY, batch_first=True)
        return nn.Sequential(nn.Embedding(cases.VOCABULARY, cases.WORD), layer, _last()(), nn.Linear(cases.MEMORY, 10))

    return _classifiers(model, samples.x.astype(np.int64), samples.y, 32, steps)


def transformer(samples: Samples, steps: int) -> list[Torch]:
    def model() -> Any:
        nn = torch.nn
        block = nn.TransformerEncoderLayer(cases.WIDTH, cases.HEADS, cases.HIDDEN, 0.1, batch_first=True)
        return nn.Sequential(nn.Linear(1, cases.WIDTH), block, _mean()(), nn.Linear(cases.WIDTH, 10))

    return _classifiers(model, samples.x[:, :, None], samples.y, 32, steps)


def _mean() -> type:
    class Mean(torch.nn.Module):  # type: ignore[name-defined, misc]
        """Over time."""

        def forward(self, x: Any) -> Any:
            return x.mean(1)

    return Mean


def _last() -> type:
    class Last(torch.nn.Module):  # type: ignore[name-defined, misc]
        """Of what a recurrent layer gives, the output of the last time step."""

        def forward(self, given: tuple[Any, Any]) -> Any:
            return given[0][:, -1]

    return Last


def gemm(samples: Samples, steps: int) -> list[Torch]:
    def make(fused: bool) -> Made:
        nn, widths = torch.nn, (cases.WIDE_FEATURES, 1024, 1024, 1024)
        hidden = [part for a, b in pairwise(widths) for part in (nn.Linear(a, b), nn.ReLU())]
        model = nn.Sequential(*hidden, nn.Linear(widths[-1], 10))
        return model, nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), 0.01, fused=fused)

    return variants(make, samples.x, samples.y, batch=256, epochs=1, steps=steps)


def _classifiers(model: Callable[[], Any], x: np.ndarray, y: np.ndarray, batch: int, steps: int) -> list[Torch]:
    def make(fused: bool) -> Made:
        built = model()
        return built, torch.nn.CrossEntropyLoss(), torch.optim.Adam(built.parameters(), 1e-3, fused=fused)

    return variants(make, x, y, batch=batch, epochs=1, steps=steps)


rnn, lstm, gru = (partial(recurrent, kind) for kind in ("RNN", "LSTM", "GRU"))
MODELS: dict[str, Callable[[Samples, int], list[Torch]]] = {
    "xor": xor, "spiral": spiral, "mlp": mlp, "gemm": gemm, "cnn": cnn, "rnn": rnn, "lstm": lstm, "gru": gru,
    "transformer": transformer,
}
