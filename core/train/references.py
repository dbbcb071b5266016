"""What somebody looks at: names of a sample and of a neuron."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleRef:
    """Sample `number`, from 0, of a part."""

    part: str = "train"
    number: int = 0


@dataclass(frozen=True, slots=True)
class NeuronRef:
    """Neuron `number` of a node, from 0: a unit of a Dense layer, a feature map of a convolution (the last axis)."""

    node: str
    number: int
