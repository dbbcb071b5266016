"""The documents that are timed: what a person could have drawn."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.graph.document import Document, Edge, Node
from core.graph.settings import DataSettings, TrainingSettings, frozen_config

MNIST = {"samples": 60_000, "features": 784, "informative": 15, "redundant": 5, "classes": 10}
WIDE_FEATURES = 1000
VOCABULARY, WORD, MEMORY = 1000, 50, 128
WIDTH, HEADS, HIDDEN = 64, 4, 256
Step = tuple[str, Mapping[str, Any]]


def dense(units: int, start: str = "glorot_uniform") -> Step:
    return "dense", {"units": units, "initializer": {"kind": start, "params": {}}}


def chain(steps: list[Step], loss: str, data: Mapping[str, Any], **training: Any) -> Document:
    """Input, the given nodes one behind the other, Output."""
    ends: list[Step] = [("input", {}), *steps, ("output", {"loss": {"kind": loss, "params": {}}})]
    nodes = {f"n{i}": Node(f"n{i}", kind, params, (224.0 * i, 0.0)) for i, (kind, params) in enumerate(ends)}
    edges = frozenset(Edge(f"n{i}", f"n{i + 1}") for i in range(len(ends) - 1))
    return Document(nodes, edges, frozen_config(DataSettings(**data)), frozen_config(TrainingSettings(**training)))


def source(kind: str, **params: Any) -> dict[str, Any]:
    return {"source": {"kind": kind, "params": params}}


def optimizer(kind: str, rate: float) -> dict[str, Any]:
    return {"optimizer": {"kind": kind, "params": {}}, "learning_rate": rate}


def xor() -> Document:
    """2-4-1, sigmoid, mean squared error, all four samples a step, SGD."""
    steps = [dense(4), ("sigmoid", {}), dense(1), ("sigmoid", {})]
    return chain(steps, "mse", source("xor"), **optimizer("sgd", 1.0), epochs=1)


def spiral() -> Document:
    """2-8-8-1, tanh, binary cross-entropy on a sigmoid, 10 of 500 samples a step, SGD."""
    steps = [dense(8), ("tanh", {}), dense(8), ("tanh", {}), dense(1), ("sigmoid", {})]
    data = source("spiral", samples=500)
    return chain(steps, "binary_crossentropy", data, **optimizer("sgd", 0.03), batch_size=10, epochs=1)


def mlp(samples: int = MNIST["samples"], batch: int = 64) -> Document:
    """784-256-128-10, ReLU, dropout 0.2, softmax cross-entropy, Adam: MNIST's shape."""
    steps: list[Step] = []
    for units in (256, 128):
        steps += [dense(units, "he_normal"), ("relu", {}), ("dropout", {"rate": 0.2})]
    steps += [dense(10), ("softmax", {})]
    data = source("make_classification", **(MNIST | {"samples": samples})) | {"steps": ["standardise"]}
    return chain(steps, "sparse_categorical_crossentropy", data, **optimizer("adam", 1e-3), batch_size=batch, epochs=1)


def wide(width: int = 1024, batch: int = 256) -> Document:
    """Three square Dense layers: nearly all of a step is matrix products."""
    steps: list[Step] = []
    for _ in range(3):
        steps += [dense(width, "he_normal"), ("relu", {})]
    data = source("make_classification", samples=8 * batch, features=WIDE_FEATURES, informative=15, redundant=5,
                  classes=10)
    return chain([*steps, dense(10), ("softmax", {})], "sparse_categorical_crossentropy", data,
                 **optimizer("sgd", 0.01), batch_size=batch, epochs=1)


def cnn(samples: int = 3200) -> Document:
    """Conv 8, Conv 16, pooling, Dense 10 on 28 x 28 grey pictures, 64 samples a step, Adam."""
    steps: list[Step] = [("reshape", {"target": [28, 28, 1]})]
    for filters in (8, 16):
        steps += [("conv2d", {"filters": filters, "kernel_size": [3]}), ("relu", {})]
    steps += [("max_pool2d", {}), ("flatten", {}), dense(10), ("softmax", {})]
    return _classes(steps, MNIST | {"samples": samples}, 64)


def recurrent(kind: str, samples: int = 640, time: int = 50) -> Document:
    """Embedding 50, 128 units, Dense 10 on rows of `time` words, 32 samples a step, Adam."""
    steps: list[Step] = [("embedding", {"input_dim": VOCABULARY, "output_dim": WORD}), (kind, {"units": MEMORY})]
    return _classes([*steps, dense(10), ("softmax", {})], _table(samples, time), 32)


def rnn(samples: int = 640) -> Document:
    """SimpleRNN."""
    return recurrent("simple_rnn", samples)


def lstm(samples: int = 640) -> Document:
    """LSTM."""
    return recurrent("lstm", samples)


def gru(samples: int = 640) -> Document:
    """GRU."""
    return recurrent("gru", samples)


def transformer(samples: int = 640) -> Document:
    """A transformer encoder block of width 64 with 4 heads on 64 time steps, 32 samples a step, Adam."""
    block = {"num_heads": HEADS, "units": HIDDEN, "dropout": 0.1}
    steps: list[Step] = [("reshape", {"target": [WIDTH, 1]}), dense(WIDTH), ("transformer_encoder", block),
                         ("global_average_pool1d", {}), dense(10), ("softmax", {})]
    return _classes(steps, _table(samples, WIDTH), 32)


def _table(samples: int, features: int) -> dict[str, int]:
    return {"samples": samples, "features": features, "informative": 5, "redundant": 0, "classes": 10}


def _classes(steps: list[Step], table: Mapping[str, Any], batch: int) -> Document:
    return chain(steps, "sparse_categorical_crossentropy", source("make_classification", **table),
                 **optimizer("adam", 1e-3), batch_size=batch, epochs=1)


def long(nodes: int = 200) -> Document:
    """Dense and tanh by turns: as many nodes as a canvas is promised to hold with ease."""
    steps = [step for _ in range((nodes - 4) // 2) for step in (dense(8), ("tanh", {}))]
    return chain([*steps, dense(1), ("sigmoid", {})], "binary_crossentropy", source("circle"), epochs=1)


def many_neurons() -> Document:
    """7-8-8-8-8-8-8-1, tanh: the largest network of TensorFlow Playground."""
    steps = [step for _ in range(6) for step in (dense(8), ("tanh", {}))]
    data = source("make_classification", samples=500, features=7, informative=7, redundant=0)
    return chain([*steps, dense(1), ("sigmoid", {})], "binary_crossentropy", data, epochs=1)


TRAINED: dict[str, Callable[[], Document]] = {
    "xor": xor, "spiral": spiral, "mlp": mlp, "gemm": wide, "cnn": cnn, "rnn": rnn, "lstm": lstm, "gru": gru,
    "transformer": transformer,
}
