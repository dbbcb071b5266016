"""Pooling. PyTorch has the channels first, and pads both sides alike."""
from __future__ import annotations

from typing import Any

from tests.data.torch_cases._base import LayerCase
from tests.data.torch_cases.convolution import around, first, last, plain


def pool(kind: str, shape: tuple[int, ...], size: tuple[int, ...], stride: tuple[int, ...] = (), *,
         same: bool = False) -> LayerCase:
    """MaxPool or AveragePool, 1D or 2D. With "same", places that padding has added do not count."""
    rank = len(shape) - 1
    steps = stride or size
    params = {"pool_size": plain(size), "stride": plain(steps), "padding": "same" if same else "valid"}
    pads = around(shape[:-1], size, steps, (1,) * rank) if same else [0] * 2 * rank

    def module() -> Any:
        import torch

        return getattr(torch.nn, f"{'Max' if kind == 'max' else 'Avg'}Pool{rank}d")(size, steps)

    def run(module: Any, x: Any) -> Any:
        import torch

        def pooled(a: Any) -> Any:
            return module(torch.nn.functional.pad(a, pads, value=float("-inf") if kind == "max" else 0.0))

        y = pooled(first(x))
        return last(y if kind == "max" else y / pooled(torch.ones_like(first(x))))

    return LayerCase(f"{kind}_pool{rank}d", module, params, (shape,), n=3, run=run)


def whole(kind: str, name: str, shape: tuple[int, ...]) -> LayerCase:
    """Class `name` of torch.nn, which leaves one place for each channel."""
    def module() -> Any:
        import torch

        return getattr(torch.nn, name)(1)

    return LayerCase(kind, module, {}, (shape,), n=3, run=lambda module, x: module(first(x)).flatten(1))


LAYERS = {
    f"{kind} {name}": pool(kind, *given, same=name.startswith("same")) for kind in ("max", "average")
    for name, given in {
        "1d": ((7, 2), (2,)),
        "1d overlapping": ((7, 2), (3,), (2,)),
        "same 1d": ((7, 2), (3,)),
        "2d": ((6, 5, 3), (2, 2)),
        "2d with gaps": ((7, 8, 2), (2, 1), (3, 2)),
        "2d overlapping": ((6, 7, 2), (3, 2), (1, 2)),
        "same 2d": ((5, 7, 2), (2, 3)),
        "same 2d overlapping": ((6, 7, 2), (3, 3), (2, 2)),
    }.items()
} | {
    "global max 1d": whole("global_max_pool1d", "AdaptiveMaxPool1d", (5, 3)),
    "global max 2d": whole("global_max_pool2d", "AdaptiveMaxPool2d", (4, 3, 2)),
    "global average 2d": whole("global_average_pool2d", "AdaptiveAvgPool2d", (4, 3, 2)),
}
