"""Networks in our notation and in PyTorch's, which start from the same weights."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.datasets import DataSpec, Parts, Samples, columns_of
from core.graph.document import Document
from core.preprocessing import Chain
from core.train.session import Session
from tests.core._build import Step, chain, dense

Array = np.ndarray[Any, Any]
Weights = Mapping[str, Array]
SIDE, FILTERS, UNITS = 28, (4, 8), 32
ROOM = (SIDE - 4) // 2


@dataclass(frozen=True)
class Twin:
    """`layers` between Input and the loss, `module()` there, and `named`, our weights under PyTorch's names.

    Both take rows of 784 pixels.
    """

    layers: tuple[Step, ...]
    module: Callable[[], Any]
    named: Callable[[Weights], dict[str, Array]]


def _linear(w: Weights, ours: str, theirs: str) -> dict[str, Array]:
    return {f"{theirs}.weight": w[f"{ours}.W"].T, f"{theirs}.bias": w[f"{ours}.b"]}


def _mlp() -> Any:
    from torch import nn

    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))


def _name_mlp(w: Weights) -> dict[str, Array]:
    return _linear(w, "dense", "0") | _linear(w, "dense_2", "2") | _linear(w, "dense_3", "4")


def _cnn() -> Any:
    from torch import nn

    (a, b), side = FILTERS, ROOM
    return nn.Sequential(nn.Unflatten(1, (1, SIDE, SIDE)), nn.Conv2d(1, a, 3, bias=False), nn.BatchNorm2d(a), nn.ReLU(),
                         nn.Conv2d(a, b, 3, bias=False), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Linear(b * side * side, 10))


def _name_cnn(w: Weights) -> dict[str, Array]:
    named = {}
    for ours, conv, norm in (("", "1", "2"), ("_2", "4", "5")):
        named[f"{conv}.weight"] = w[f"conv2d{ours}.W"].transpose(3, 2, 0, 1)
        named |= {f"{norm}.weight": w[f"batch_norm{ours}.gamma"], f"{norm}.bias": w[f"batch_norm{ours}.beta"]}
    # Flatten there runs over channels first, here over rows.
    rows = w["dense.W"].reshape(ROOM, ROOM, FILTERS[1], 10).transpose(3, 2, 0, 1)
    return named | {"9.weight": rows.reshape(10, -1), "9.bias": w["dense.b"]}


def _lstm() -> Any:
    from torch import nn

    class Classifier(nn.Module):  # type: ignore[misc]
        """The rows of a picture one after the other, then one layer on the last output."""

        def __init__(self) -> None:
            super().__init__()
            self.lstm, self.linear = nn.LSTM(SIDE, UNITS, batch_first=True), nn.Linear(UNITS, 10)
            # Two biases that both learn would together learn twice as fast as one.
            self.lstm.bias_hh_l0.requires_grad_(False)

        def forward(self, x: Any) -> Any:
            return self.linear(self.lstm(x.reshape(-1, SIDE, SIDE))[0][:, -1])

    return Classifier()


def _name_lstm(w: Weights) -> dict[str, Array]:
    own = {"lstm.weight_ih_l0": w["lstm.W"].T, "lstm.weight_hh_l0": w["lstm.U"].T, "lstm.bias_ih_l0": w["lstm.b"],
           "lstm.bias_hh_l0": np.zeros_like(w["lstm.b"])}
    return own | _linear(w, "dense", "linear")


TWINS = {
    "mlp": Twin((dense(256), "relu", dense(128), "relu", dense(10), "softmax"), _mlp, _name_mlp),
    "cnn": Twin((("reshape", {"target": [SIDE, SIDE, 1]}), ("conv2d", {"filters": FILTERS[0], "bias": False}),
                 "batch_norm", "relu", ("conv2d", {"filters": FILTERS[1], "bias": False}), "batch_norm", "relu",
                 "max_pool2d", "flatten", dense(10), "softmax"), _cnn, _name_cnn),
    "lstm": Twin((("reshape", {"target": [SIDE, SIDE]}), ("lstm", {"units": UNITS}), dense(10), "softmax"),
                 _lstm, _name_lstm),
}


def document(twin: Twin, source: Any, **training: Any) -> Document:
    """A classifier of `source` that takes the samples in their order."""
    return chain(*twin.layers, loss="sparse_categorical_crossentropy", source=source, shuffle=False, **training)


def our_losses(session: Session, steps: int) -> Array:
    """The loss of every step."""
    session.rule.begin_epoch()
    with np.errstate(all="ignore"):
        return np.array([session.rule.step(batch) for batch in range(steps)])


def their_losses(twin: Twin, weights: Weights, samples: Samples, batch: int, steps: int,
                 optimizer: Callable[[Any], Any]) -> Array:
    """The same by PyTorch, from the same weights over the same batches."""
    import torch

    # Two threads of PyTorch wait for each other for ages where something else wants a processor.
    torch.set_num_threads(1)
    precision = next(iter(weights.values())).dtype
    model = twin.module().to(torch.from_numpy(np.empty(0, precision)).dtype)
    with torch.no_grad():
        for name, array in twin.named(weights).items():
            model.get_parameter(name).copy_(torch.from_numpy(np.ascontiguousarray(array)))
    learn, loss, losses = optimizer([p for p in model.parameters() if p.requires_grad]), torch.nn.CrossEntropyLoss(), []
    for start in range(0, steps * batch, batch):
        chosen = slice(start, start + batch)
        x, y = torch.from_numpy(samples.x[chosen].astype(precision)), torch.from_numpy(samples.y[chosen])
        learn.zero_grad()
        value = loss(model(x), y)
        value.backward()
        learn.step()
        losses.append(value.item())
    return np.array(losses)


def blobs(count: int) -> Parts:
    """Rows of 784 numbers to train on, in ten classes, each of which has a picture of its own under noise."""
    rng = np.random.default_rng(0)
    y = rng.integers(10, size=count).astype(np.intp)
    x = 0.3 * rng.normal(size=(10, SIDE * SIDE))[y] + rng.normal(size=(count, SIDE * SIDE))
    train, shape = Samples(x.astype(np.float32), y), (SIDE * SIDE,)
    none = Samples(train.x[:0], train.y[:0])
    spec = DataSpec(shape, classes=tuple("0123456789"))
    return Parts(spec, train, none, none, Chain(columns_of(spec)[:1]))
