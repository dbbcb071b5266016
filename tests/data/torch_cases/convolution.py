"""Convolutions, up-sampling and zero padding. PyTorch has the channels first, and pads both sides alike."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.data.torch_cases._base import Array, LayerCase, Table


def first(x: Any) -> Any:
    """(n, ..., c) as PyTorch wants it: (n, c, ...)."""
    return x.movedim(-1, 1)


def last(y: Any) -> Any:
    """And back."""
    return y.movedim(1, -1)


def around(sizes: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...],
           dilation: tuple[int, ...]) -> list[int]:
    """What Keras's padding "same" adds, as torch's pad takes it: the last axis first, in front and behind."""
    pads: list[int] = []
    for size, k, s, d in zip(*(reversed(t) for t in (sizes, kernel, stride, dilation)), strict=True):
        added = max((-(-size // s) - 1) * s + (k - 1) * d + 1 - size, 0)
        pads += [added // 2, added - added // 2]
    return pads


def kernel_last(weight: Array) -> Array:
    """(filters, channels, ...) as (..., channels, filters)."""
    return weight.transpose(*range(2, weight.ndim), 1, 0)


def weights(theirs: Mapping[str, Array]) -> Table:
    return {"W": kernel_last(theirs["weight"])} | ({"b": theirs["bias"]} if "bias" in theirs else {})


def conv(shape: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...] = (), dilation: tuple[int, ...] = (),
         *, padding: str = "valid", groups: int = 1, filters: int = 4, bias: bool = True) -> LayerCase:
    """Conv1D or Conv2D, by the length of `shape` (sizes, channels)."""
    rank = len(shape) - 1
    stride, dilation = stride or (1,) * rank, dilation or (1,) * rank
    params = {"filters": filters, "kernel_size": plain(kernel), "stride": plain(stride), "dilation": plain(dilation),
              "padding": padding, "groups": groups, "bias": bias}

    def module() -> Any:
        import torch

        kind = (torch.nn.Conv1d, torch.nn.Conv2d)[rank - 1]
        return kind(shape[-1], filters, kernel, stride, dilation=dilation, groups=groups, bias=bias)

    pads = {"valid": [0] * 2 * rank, "same": around(shape[:-1], kernel, stride, dilation),
            "causal": [(kernel[0] - 1) * dilation[0], 0]}[padding]
    return LayerCase(f"conv{rank}d", module, params, (shape,), n=3, run=padded(pads), weights=weights)


def padded(pads: list[int]) -> Callable[..., Any]:
    def run(module: Any, x: Any) -> Any:
        import torch

        return last(module(torch.nn.functional.pad(first(x), pads)))

    return run


def plain(values: tuple[int, ...]) -> int | list[int]:
    """A parameter of a kind of one axis is a number."""
    return values[0] if len(values) == 1 else list(values)


def transpose(shape: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...], *, same: bool = False,
              bias: bool = True) -> LayerCase:
    """Conv1DTranspose or Conv2DTranspose with 3 filters; "same" keeps the middle, an odd place being lost behind."""
    rank = len(shape) - 1
    over = tuple(max(s - k, 0) for k, s in zip(kernel, stride, strict=True))
    params = {"filters": 3, "kernel_size": plain(kernel), "stride": plain(stride), "bias": bias,
              "padding": "same" if same else "valid"}

    def module() -> Any:
        import torch

        kind = (torch.nn.ConvTranspose1d, torch.nn.ConvTranspose2d)[rank - 1]
        return kind(shape[-1], 3, kernel, stride, output_padding=over, bias=bias)

    def run(module: Any, x: Any) -> Any:
        y = last(module(first(x)))
        for axis, (size, s) in enumerate(zip(shape[:-1], stride, strict=True), 1):
            if same:
                y = y.narrow(axis, (y.shape[axis] - size * s) // 2, size * s)
        return y

    return LayerCase(f"conv{rank}d_transpose", module, params, (shape,), n=3, run=run, weights=from_transposed)


def from_transposed(theirs: Mapping[str, Array]) -> Table:
    W = theirs["weight"].swapaxes(0, 1)
    return {"W": kernel_last(W)} | ({"b": theirs["bias"]} if "bias" in theirs else {})


def of_channels(weight: Array, channels: int) -> Array:
    """(c * m, 1, ...) as (..., c, m)."""
    split = weight.reshape(channels, -1, *weight.shape[2:])
    return split.transpose(*range(2, split.ndim), 0, 1)


def depthwise(shape: tuple[int, ...], kernel: tuple[int, ...], stride: tuple[int, ...], multiplier: int, *,
              same: bool = False, filters: int = 0) -> LayerCase:
    """DepthwiseConv1D or 2D; with `filters` SeparableConv, of two convolutions there."""
    rank, channels = len(shape) - 1, shape[-1]
    ones = (1,) * rank
    params = {"kernel_size": plain(kernel), "stride": plain(stride), "multiplier": multiplier,
              "padding": "same" if same else "valid"} | ({"filters": filters} if filters else {})

    def module() -> Any:
        import torch

        kind = (torch.nn.Conv1d, torch.nn.Conv2d)[rank - 1]
        deep = kind(channels, channels * multiplier, kernel, stride, groups=channels, bias=not filters)
        return torch.nn.Sequential(deep, kind(channels * multiplier, filters, ones)) if filters else deep

    def ours(theirs: Mapping[str, Array]) -> Table:
        if not filters:
            return {"W": of_channels(theirs["weight"], channels), "b": theirs["bias"]}
        mixing = theirs["1.weight"]
        return {"depthwise": of_channels(theirs["0.weight"], channels), "b": theirs["1.bias"],
                "pointwise": mixing.reshape(mixing.shape[:2]).T}

    pads = around(shape[:-1], kernel, stride, ones) if same else [0] * 2 * rank
    kind = "separable_conv" if filters else "depthwise_conv"
    return LayerCase(f"{kind}{rank}d", module, params, (shape,), n=3, run=padded(pads), weights=ours)


def simple(kind: str, name: str, params: dict[str, Any], shape: tuple[int, ...], *given: Any,
           **named: Any) -> LayerCase:
    """Class `name` of torch.nn, made with what is given, on channels first."""
    def module() -> Any:
        import torch

        return getattr(torch.nn, name)(*given, **named)

    return LayerCase(kind, module, params, (shape,), n=3, run=lambda module, x: last(module(first(x))))


LAYERS = {
    "conv1d": conv((7, 2), (3,)),
    "conv1d same stride": conv((8, 3), (3,), (2,), padding="same"),
    "conv1d causal": conv((8, 2), (3,), (2,), (2,), padding="causal"),
    "conv1d dilation": conv((9, 2), (2,), (1,), (3,), bias=False),
    "conv1d groups": conv((6, 4), (3,), groups=2, padding="same"),
    "conv2d": conv((6, 6, 2), (3, 3)),
    "conv2d odd width": conv((6, 5, 1), (3, 3)),
    "conv2d many filters": conv((5, 6, 3), (3, 3), filters=20),
    "conv2d without bias": conv((5, 6, 2), (2, 3), bias=False),
    "conv2d same": conv((5, 6, 3), (3, 4), padding="same"),
    "conv2d stride": conv((7, 8, 2), (3, 2), (2, 3)),
    "conv2d same stride": conv((7, 8, 2), (3, 3), (2, 2), padding="same"),
    "conv2d dilation": conv((8, 7, 2), (3, 2), (1, 1), (2, 3)),
    "conv2d same dilation stride": conv((8, 7, 2), (3, 3), (2, 1), (2, 2), padding="same"),
    "conv2d groups": conv((6, 5, 4), (3, 3), groups=2),
    "conv2d groups same stride": conv((6, 6, 6), (3, 2), (2, 2), groups=3, filters=6, padding="same"),
    "conv2d pointwise": conv((4, 5, 3), (1, 1)),
    "conv2d pointwise stride": conv((4, 5, 3), (1, 1), (2, 2)),
    "conv1d transpose": transpose((5, 2), (3,), (2,)),
    "conv1d transpose same": transpose((4, 3), (4,), (3,), same=True),
    "conv2d transpose": transpose((3, 4, 2), (3, 3), (1, 1)),
    "conv2d transpose stride": transpose((3, 4, 2), (3, 2), (2, 2), bias=False),
    "conv2d transpose same": transpose((4, 3, 2), (3, 3), (2, 2), same=True),
    "conv2d transpose wide stride": transpose((2, 3, 5), (2, 1), (3, 2)),
    "depthwise_conv1d": depthwise((7, 3), (3,), (1,), 1),
    "depthwise_conv1d same stride": depthwise((8, 2), (3,), (2,), 2, same=True),
    "depthwise_conv2d": depthwise((5, 6, 3), (3, 3), (1, 1), 1),
    "depthwise_conv2d same stride": depthwise((5, 6, 2), (3, 2), (2, 2), 3, same=True),
    "separable_conv1d": depthwise((7, 3), (3,), (1,), 2, filters=4),
    "separable_conv2d": depthwise((5, 6, 3), (3, 3), (1, 1), 1, filters=5),
    "separable_conv2d same stride": depthwise((6, 5, 2), (3, 3), (2, 2), 2, same=True, filters=4),
    "up_sampling1d": simple("up_sampling1d", "Upsample", {"size": 3}, (4, 2), scale_factor=3),
    "up_sampling2d": simple("up_sampling2d", "Upsample", {"size": [2, 3]}, (3, 4, 2), scale_factor=(2, 3)),
    "up_sampling2d bilinear": simple("up_sampling2d", "Upsample", {"size": [2, 3], "interpolation": "bilinear"},
                                     (3, 4, 2), scale_factor=(2, 3), mode="bilinear"),
    "zero_padding1d": simple("zero_padding1d", "ZeroPad1d", {"before": 2, "after": 1}, (3, 2), (2, 1)),
    "zero_padding2d": simple("zero_padding2d", "ZeroPad2d", {"top": 1, "bottom": 2, "left": 0, "right": 3}, (3, 2, 2),
                             (0, 3, 1, 2)),
}
