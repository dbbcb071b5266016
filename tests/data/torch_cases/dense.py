"""Dense: PyTorch's Linear, whose weight is transposed."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.data.torch_cases._base import Array, LayerCase, Table


def weights(theirs: Mapping[str, Array]) -> Table:
    found = {"W": theirs["weight"].T}
    return found | {"b": theirs["bias"]} if "bias" in theirs else found


def case(bias: bool = True, rows: tuple[int, ...] = ()) -> LayerCase:
    """4 features to 3 units, for every row."""
    def module() -> Any:
        import torch

        return torch.nn.Linear(4, 3, bias=bias)

    return LayerCase("dense", module, {"units": 3, "bias": bias}, ((*rows, 4),), weights=weights)


LAYERS = {"dense": case(), "dense without bias": case(bias=False), "dense of rows": case(rows=(2,))}
