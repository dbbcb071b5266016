"""Activations, which all work number by number or along the last axis."""
from __future__ import annotations

from typing import Any

from tests.data.torch_cases._base import LayerCase, renamed


def case(kind: str, name: str, params: dict[str, Any] | None = None, **arguments: Any) -> LayerCase:
    """Class `name` of torch.nn with `arguments`."""
    def module() -> Any:
        import torch

        return getattr(torch.nn, name)(**arguments)

    return LayerCase(kind, module, params or {}, spread=2.0, weights=renamed(weight="slope"))


LAYERS = {
    "sigmoid": case("sigmoid", "Sigmoid"),
    "tanh": case("tanh", "Tanh"),
    "relu": case("relu", "ReLU"),
    "leaky_relu": case("leaky_relu", "LeakyReLU", {"slope": 0.2}, negative_slope=0.2),
    "elu": case("elu", "ELU", {"alpha": 1.5}, alpha=1.5),
    "softmax": case("softmax", "Softmax", dim=-1),
    "log_softmax": case("log_softmax", "LogSoftmax", dim=-1),
    "linear": case("linear", "Identity"),
    "silu": case("silu", "SiLU"),
    "gelu": case("gelu", "GELU"),
    "gelu by tanh": case("gelu", "GELU", {"approximate": True}, approximate="tanh"),
    "selu": case("selu", "SELU"),
    "softplus": case("softplus", "Softplus", {"beta": 1.5}, beta=1.5),
    "softsign": case("softsign", "Softsign"),
    "mish": case("mish", "Mish"),
    "hard_sigmoid": case("hard_sigmoid", "Hardsigmoid"),
    "prelu": case("prelu", "PReLU"),
    "prelu for each feature": case("prelu", "PReLU", {"shared": False}, num_parameters=4),
}
