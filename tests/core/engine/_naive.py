"""A network once more, naively: one Python function per layer, fresh arrays, no plan, no shared memory."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.graph.document import Document
from core.graph.order import order

Array = np.ndarray[Any, Any]
Back = Callable[[Array], tuple[list[Array], dict[str, Array]]]


def forward_of(kind: str, params: Mapping[str, Any], w: Mapping[str, Array], *xs: Array) -> tuple[Array, Back]:
    """Output, and what turns its gradient into those of the inputs and the weights."""
    x = xs[0]
    if kind == "dense":
        y = x @ w["W"] + w.get("b", 0.0)

        def back(dy: Array) -> tuple[list[Array], dict[str, Array]]:
            grads = {"W": x.T @ dy, "b": dy.sum(0)}
            return [dy @ w["W"].T], {k: grads[k] for k in w}

        return y, back
    if kind == "multiply":
        return xs[0] * xs[1], lambda dy: ([dy * xs[1], dy * xs[0]], {})
    if kind == "softmax":
        e = np.exp(x - x.max(-1, keepdims=True))
        y = e / e.sum(-1, keepdims=True)
        return y, lambda dy: ([y * (dy - (dy * y).sum(-1, keepdims=True))], {})
    y, slope = {
        "linear": lambda: (x, np.ones_like(x)),
        "dropout": lambda: (x, np.ones_like(x)),
        "output": lambda: (x, np.ones_like(x)),
        "relu": lambda: (np.where(x > 0, x, 0.0), (x > 0) * 1.0),
        "leaky_relu": lambda: (np.where(x > 0, x, params["slope"] * x), np.where(x > 0, 1.0, params["slope"])),
        "elu": lambda: (np.where(x > 0, x, params["alpha"] * np.expm1(np.minimum(x, 0))),
                        np.where(x > 0, 1.0, params["alpha"] * np.exp(np.minimum(x, 0)))),
        "sigmoid": lambda: (1 / (1 + np.exp(-x)), np.exp(-x) / (1 + np.exp(-x)) ** 2),
        "tanh": lambda: (np.tanh(x), 1 - np.tanh(x) ** 2),
        "step": lambda: ((x > 0) * 1.0, np.zeros_like(x)),
    }[kind]()
    return y, lambda dy: ([dy * slope], {})


def run(doc: Document, weights: Mapping[str, Mapping[str, Array]], x: Array,
        slope: Callable[[Array], Array]) -> tuple[dict[str, Array], dict[str, dict[str, Array]]]:
    """Output of every node, and the gradients of all weights; `slope` gives that of the loss by the prediction."""
    values: dict[str, Array] = {}
    backs: dict[str, Back] = {}
    sources: dict[str, list[str]] = {}
    names = order(doc)
    for name in names:
        node = doc.nodes[name]
        if node.kind == "input":
            values[name] = x
            continue
        fed = doc.sources(name)
        sources[name] = [fed[port] for port in sorted(fed)]
        values[name], backs[name] = forward_of(node.kind, node.params, weights[name],
                                               *(values[s] for s in sources[name]))
    (end,) = (k for k, node in doc.nodes.items() if node.kind == "output")
    slopes = {name: np.zeros_like(values[name]) for name in names}
    slopes[end] = slope(values[end])
    grads = {}
    for name in reversed(names):
        if name in backs:
            dxs, grads[name] = backs[name](slopes[name])
            for source, dx in zip(sources[name], dxs, strict=True):
                slopes[source] = slopes[source] + dx
    return values, grads
