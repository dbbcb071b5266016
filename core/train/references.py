"""What somebody looks at: names of a sample, of a neuron, and of the samples that were taken for a class."""
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """Samples of a part by class numbers: those of class `truth` that were taken for class `predicted`; None stands for
    any."""

    part: str = "train"
    truth: int | None = None
    predicted: int | None = None
