"""Reference values from PyTorch, in float64: `python -m tests.data.record_torch` writes torch_reference.npz.

Every case is a flat table of arrays. A layer has x, its weights as PyTorch holds them, y, the arriving gradient dy
and the gradients that PyTorch gives; a loss has its prediction or scores, the target, the value and the gradient;
an optimizer has w, the gradients of ten steps and the weights after each of them.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).parent / "torch_reference.npz"
Table = dict[str, np.ndarray]

ACTIVATIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    # name, which begins with the kind here: class there, parameters here, arguments there
    "sigmoid": ("Sigmoid", {}, {}),
    "tanh": ("Tanh", {}, {}),
    "relu": ("ReLU", {}, {}),
    "leaky_relu": ("LeakyReLU", {"slope": 0.2}, {"negative_slope": 0.2}),
    "elu": ("ELU", {"alpha": 1.5}, {"alpha": 1.5}),
    "softmax": ("Softmax", {}, {"dim": -1}),
    "log_softmax": ("LogSoftmax", {}, {"dim": -1}),
    "linear": ("Identity", {}, {}),
    "silu": ("SiLU", {}, {}),
    "gelu": ("GELU", {}, {}),
    "gelu_tanh": ("GELU", {"approximate": True}, {"approximate": "tanh"}),
    "selu": ("SELU", {}, {}),
    "softplus": ("Softplus", {"beta": 1.5}, {"beta": 1.5}),
    "softsign": ("Softsign", {}, {}),
    "mish": ("Mish", {}, {}),
    "hard_sigmoid": ("Hardsigmoid", {}, {}),
    "prelu": ("PReLU", {}, {}),
    "prelu_for_each_feature": ("PReLU", {"shared": False}, {"num_parameters": 4}),
}
OPTIMIZERS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
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
LOSSES: dict[str, dict[str, Any]] = {
    # case: parameters here; all others have none
    "huber_narrow.p": {"delta": 0.4},
    "categorical_crossentropy_smoothed.z": {"label_smoothing": 0.2},
    "sparse_categorical_crossentropy_smoothed.z": {"label_smoothing": 0.2},
}
RATE = 0.05


def record(seed: int = 0) -> Table:
    """All cases with PyTorch as it is installed: "case/array" -> array."""
    rng = np.random.default_rng(seed)
    found = {}
    for cases in (_layers(rng), _losses(rng), _optimizers(rng)):
        for name, table in cases:
            found |= {f"{name}/{key}": np.asarray(value) for key, value in table.items()}
    return found


def _layers(rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    import torch

    for name, (kind, _, arguments) in ACTIVATIONS.items():
        module = _drawn(getattr(torch.nn, kind)(**arguments), rng)
        yield f"layer.{name}", _passed(module, rng.normal(size=(5, 4)) * 2.0, rng)
    for name, bias, shape in (("dense", True, (5, 4)), ("dense_without_bias", False, (5, 4)),
                              ("dense_of_rows", True, (3, 2, 4))):
        module = _drawn(torch.nn.Linear(4, 3, bias=bias), rng)
        yield f"layer.{name}", _passed(module, rng.normal(size=shape), rng)


def _drawn(module: Any, rng: np.random.Generator) -> Any:
    """The module in float64, with weights from `rng`."""
    import torch

    module = module.double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.tensor(rng.normal(size=tuple(parameter.shape))))
    return module


def _passed(module: Any, x: np.ndarray, rng: np.random.Generator) -> Table:
    import torch

    arriving = torch.tensor(x, requires_grad=True)
    y = module(arriving)
    dy = rng.normal(size=tuple(y.shape))
    y.backward(torch.tensor(dy))
    table = {"x": x, "y": y.detach().numpy(), "dy": dy, "dx": arriving.grad.numpy()}
    for name, parameter in module.named_parameters():
        table |= {name: parameter.detach().numpy(), f"d_{name}": parameter.grad.numpy()}
    return table


def _losses(rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    from torch.nn import functional

    z, labels = rng.normal(size=(5, 3)) * 3.0, rng.integers(3, size=5)
    hot, bits = np.eye(3)[labels], rng.integers(2, size=(5, 3)).astype(float)
    p = rng.uniform(0.05, 0.95, size=(5, 3))
    yield "loss.mse.p", _compared(functional.mse_loss, z, hot)
    yield "loss.mae.p", _compared(functional.l1_loss, z, hot)
    yield "loss.huber.p", _compared(functional.huber_loss, z, hot)
    yield "loss.huber_narrow.p", _compared(partial(functional.huber_loss, delta=0.4), z, hot)
    yield "loss.cosine_similarity.p", _compared(_cosine, z, rng.normal(size=(5, 3)))
    shares = rng.dirichlet(np.ones(3), size=5)
    yield "loss.kl_divergence.p", _compared(_divergence, p, shares)
    yield "loss.kl_divergence.z", _compared(lambda given, t: _divergence(given.softmax(-1), t), z, shares)
    yield "loss.binary_crossentropy.z", _compared(functional.binary_cross_entropy_with_logits, z, bits)
    yield "loss.binary_crossentropy.p", _compared(functional.binary_cross_entropy, p, bits)
    yield "loss.categorical_crossentropy.z", _compared(functional.cross_entropy, z, hot)
    yield "loss.sparse_categorical_crossentropy.z", _compared(functional.cross_entropy, z, labels)
    smooth = partial(functional.cross_entropy, label_smoothing=0.2)
    yield "loss.categorical_crossentropy_smoothed.z", _compared(smooth, z, hot)
    yield "loss.sparse_categorical_crossentropy_smoothed.z", _compared(smooth, z, labels)

    def of_probabilities(given: Any, target: Any) -> Any:
        return functional.nll_loss(given.log(), target)

    yield "loss.sparse_categorical_crossentropy.p", _compared(of_probabilities, p, labels)


def _cosine(given: Any, target: Any) -> Any:
    import torch

    return torch.nn.functional.cosine_embedding_loss(given, target, torch.ones(len(given), dtype=given.dtype))


def _divergence(given: Any, target: Any) -> Any:
    import torch

    return torch.nn.functional.kl_div(given.log(), target, reduction="batchmean")


def _compared(function: Any, given: np.ndarray, target: np.ndarray) -> Table:
    import torch

    arriving = torch.tensor(given, requires_grad=True)
    value = function(arriving, torch.tensor(target))
    value.backward()
    return {"given": given, "t": target, "value": value.detach().numpy(), "d": arriving.grad.numpy()}


def _optimizers(rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    import torch

    for name, (kind, _, arguments) in OPTIMIZERS.items():
        start, gradients = rng.normal(size=6), rng.normal(size=(10, 6))
        w = torch.tensor(start, requires_grad=True)
        optimizer, trail = getattr(torch.optim, kind)([w], lr=RATE, **arguments), []
        for gradient in gradients:
            w.grad = torch.tensor(gradient)
            optimizer.step()
            trail.append(w.detach().numpy().copy())
        yield f"optimizer.{name}", {"w": start, "gradients": gradients, "trail": np.array(trail)}


def cases(found: Table, family: str) -> dict[str, Table]:
    """The cases of one family out of what was recorded: name -> arrays."""
    tables: dict[str, Table] = {}
    for key, array in found.items():
        name, array_name = key.split("/")
        if name.startswith(f"{family}."):
            tables.setdefault(name.removeprefix(f"{family}."), {})[array_name] = array
    return tables


if __name__ == "__main__":
    np.savez_compressed(FILE, **record())
