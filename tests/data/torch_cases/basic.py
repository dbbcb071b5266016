"""What only hands numbers on."""
from __future__ import annotations

from typing import Any

from tests.data.torch_cases._base import LayerCase


def case(kind: str, name: str) -> LayerCase:
    """Class `name` of torch.nn."""
    def module() -> Any:
        import torch

        return getattr(torch.nn, name)()

    return LayerCase(kind, module, shapes=((3, 2, 4),))


LAYERS = {"flatten": case("flatten", "Flatten"), "identity": case("identity", "Identity")}
