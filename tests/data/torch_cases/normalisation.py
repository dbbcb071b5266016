"""Normalisation. PyTorch's weight and bias are gamma and beta; channels stand last here, and on axis 1 there."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Array, LayerCase, Table, renamed

SAMPLES = 5
scaled = renamed(weight="gamma", bias="beta")


def channels_first(module: Any, x: Any) -> Any:
    """Run a module that wants the channels on axis 1."""
    return module(x.movedim(-1, 1)).movedim(1, -1)


def start(channels: int) -> tuple[Array, Array]:
    """Running mean and variance before the pass."""
    return np.linspace(-0.5, 1.0, channels), np.linspace(0.5, 2.0, channels)


def remembered(count: int, kept: float) -> Callable[[Mapping[str, Array]], Table]:
    """Running mean and variance, of which PyTorch divides the new part by count - 1 once a batch was seen."""
    def ours(theirs: Mapping[str, Array]) -> Table:
        mean, variance = theirs["running_mean"], theirs["running_var"]
        if theirs["num_batches_tracked"]:
            old = kept * start(len(variance))[1]
            variance = old + (variance - old) * (count - 1) / count
        return {"mean": mean, "variance": variance}

    return ours


def batch(name: str, channels: int, places: tuple[int, ...] = (), kept: float = 0.9, epsilon: float = 1e-5,
          mode: str = "training") -> LayerCase:
    """Batch normalisation over all samples and `places`."""
    def module() -> Any:
        import torch

        made = getattr(torch.nn, name)(channels, momentum=1.0 - kept, eps=epsilon)
        for buffer, values in zip((made.running_mean, made.running_var), start(channels), strict=True):
            buffer.copy_(torch.tensor(values))
        return made

    return LayerCase("batch_norm", module, {"momentum": kept, "epsilon": epsilon}, ((*places, channels),), SAMPLES,
                     run=channels_first, weights=scaled, state=remembered(SAMPLES * int(np.prod(places)), kept),
                     mode=mode)


def layer(features: int, places: tuple[int, ...] = (), epsilon: float = 1e-5) -> LayerCase:
    def module() -> Any:
        import torch

        return torch.nn.LayerNorm(features, eps=epsilon)

    return LayerCase("layer_norm", module, {"epsilon": epsilon}, ((*places, features),), weights=scaled)


def group(channels: int, groups: int, places: tuple[int, ...] = (), epsilon: float = 1e-5) -> LayerCase:
    def module() -> Any:
        import torch

        return torch.nn.GroupNorm(groups, channels, eps=epsilon)

    return LayerCase("group_norm", module, {"groups": groups, "epsilon": epsilon}, ((*places, channels),),
                     run=channels_first, weights=scaled)


def rms(features: int, places: tuple[int, ...] = (), epsilon: float = 1e-6) -> LayerCase:
    def module() -> Any:
        import torch

        return torch.nn.RMSNorm(features, eps=epsilon)

    return LayerCase("rms_norm", module, {"epsilon": epsilon}, ((*places, features),), weights=scaled)


LAYERS = {
    "batch norm": batch("BatchNorm1d", 4),
    "batch norm of sequences": batch("BatchNorm1d", 3, (6,), kept=0.7),
    "batch norm of pictures": batch("BatchNorm2d", 3, (2, 4), kept=0.5, epsilon=0.1),
    "batch norm in evaluation": batch("BatchNorm1d", 4, mode="evaluation"),
    "batch norm of pictures in evaluation": batch("BatchNorm2d", 3, (2, 4), epsilon=0.1, mode="evaluation"),
    "layer norm": layer(6),
    "layer norm of sequences": layer(4, (3,), epsilon=0.1),
    "group norm": group(6, 2),
    "group norm of one group": group(3, 1, (5,)),
    "group norm of pictures": group(6, 3, (2, 4), epsilon=0.1),
    "RMS norm": rms(6),
    "RMS norm of sequences": rms(4, (3,), epsilon=0.1),
}
