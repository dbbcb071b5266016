"""Optimizers: w, the gradients of ten steps, and the trail of weights after each of them."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Table

PARAMS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "sgd": ("SGD", {}, {}),
    "momentum": ("SGD", {"momentum": 0.9}, {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {"rho": 0.99, "epsilon": 1e-8}, {"alpha": 0.99, "eps": 1e-8}),
    "rmsprop_large_epsilon": ("RMSprop", {"rho": 0.9, "epsilon": 0.1}, {"alpha": 0.9, "eps": 0.1}),
    "adam": ("Adam", {}, {}),
    "adam_large_epsilon": ("Adam", {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.1},
                           {"betas": (0.8, 0.95), "eps": 0.1}),
    "nesterov": ("SGD", {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}, {}),
    "adamw": ("AdamW", {}, {}),
    "nadam": ("NAdam", {}, {}),
    "nadam_large_epsilon": ("NAdam", {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.1, "momentum_decay": 0.1},
                            {"betas": (0.8, 0.95), "eps": 0.1, "momentum_decay": 0.1}),
}
RATE = 0.05


def record(rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    import torch

    for name, (kind, _, arguments) in PARAMS.items():
        start, gradients = rng.normal(size=6), rng.normal(size=(10, 6))
        w = torch.tensor(start, requires_grad=True)
        optimizer, trail = getattr(torch.optim, kind)([w], lr=RATE, **arguments), []
        for gradient in gradients:
            w.grad = torch.tensor(gradient)
            optimizer.step()
            trail.append(w.detach().numpy().copy())
        yield name, {"w": start, "gradients": gradients, "trail": np.array(trail)}
