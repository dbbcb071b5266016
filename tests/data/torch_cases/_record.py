"""Runs a `LayerCase` in PyTorch, in float64: its arrays before and after."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Array, LayerCase, Table


def layers(cases: Mapping[str, LayerCase], rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    """The tables of all cases: x0, x1 ..., w.NAME, s.NAME (buffers before), y, dy, dx0 ..., d.NAME, e.NAME (after)."""
    for name, case in cases.items():
        yield name, _run(case, rng)


def _run(case: LayerCase, rng: np.random.Generator) -> Table:
    import torch

    module = drawn(case.module(), rng)
    module.train(case.mode == "training")
    xs = case.inputs(rng, [_input(case, rng, shape) for shape in case.shapes])
    table: Table = {f"x{i}": x for i, x in enumerate(xs)}
    table |= {f"w.{name}": _plain(parameter) for name, parameter in module.named_parameters()}
    table |= {f"s.{name}": _plain(buffer) for name, buffer in module.named_buffers()}
    tensors = [torch.tensor(x, requires_grad=not case.integers) for x in xs]
    y = case.run(module, *tensors)
    dy = rng.normal(size=tuple(y.shape))
    y.backward(torch.tensor(dy))
    table |= {"y": _plain(y), "dy": dy}
    if not case.integers:
        table |= {f"dx{i}": _plain(tensor.grad) for i, tensor in enumerate(tensors)}
    table |= {f"d.{name}": _plain(parameter.grad) for name, parameter in module.named_parameters()}
    table |= {f"e.{name}": _plain(buffer) for name, buffer in module.named_buffers()}
    return table


def _input(case: LayerCase, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    size = (case.n, *shape)
    return rng.integers(case.integers, size=size) if case.integers else rng.normal(size=size) * case.spread


def _plain(tensor: Any) -> Array:
    return tensor.detach().numpy().copy()


def drawn(module: Any, rng: np.random.Generator) -> Any:
    """The module in float64, with weights from `rng`; what a module keeps 0 (padding) stays 0."""
    import torch

    module = module.double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.tensor(rng.normal(size=tuple(parameter.shape))))
        for part in module.modules():
            if getattr(part, "padding_idx", None) is not None:
                part.weight[part.padding_idx] = 0.0
    return module
