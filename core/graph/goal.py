"""What each Output of a checked document is compared with."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.datasets import DataSpec
from core.layers import Layer
from core.losses import LOSSES, Loss


@dataclass(frozen=True, slots=True)
class Goal:
    """One Output: its loss, how targets reach it, and its share in the whole loss.

    `encoding` is "label", "one_hot", "binary" (0 or 1 in one column), "number", "input" where the samples themselves
    are the target, or "real" where they are to be told from generated ones (1 in one column).
    """

    output: str
    loss: Loss
    encoding: str
    weight: float = 1.0

    @property
    def from_data(self) -> bool:
        """True if there is an array of targets to fill."""
        return self.encoding != "input"

    @property
    def predicts(self) -> bool:
        """True if the data's targets are what is predicted."""
        return self.encoding not in ("input", "real")


def goal_of(output: str, layer: Layer, spec: DataSpec, rule: str) -> Goal:
    """The goal of an Output under a training rule."""
    config = layer.config()
    loss = output_loss(layer)
    encoding = encoding_of(loss, spec)
    if wants_input(layer, rule):
        encoding = "input"
    elif rule == "adversarial":
        encoding = "real"
    return Goal(output, loss, encoding, config["weight"])


def first_of(goals: Iterable[Goal]) -> Goal:
    """The goal that scores and pictures of predictions are about: the first that looks at the data's targets."""
    every = tuple(goals)
    return next((goal for goal in every if goal.predicts), every[0])


def output_loss(layer: Layer) -> Loss:
    """The loss that an Output carries."""
    chosen = layer.config()["loss"]
    return LOSSES[chosen.kind](**chosen.params)


def wants_input(layer: Layer, rule: str) -> bool:
    """True if an Output is to give the samples back, by its own setting or by the rule's."""
    target = layer.config()["target"]
    return target == "input" or (target == "auto" and rule == "autoencoder")


def wanted_width(loss: Loss, spec: DataSpec) -> int:
    """How many numbers per sample the network should give."""
    if not spec.classification:
        return spec.targets
    one_number = loss.encoding == "number" and len(spec.classes) == 2
    return 1 if one_number else len(spec.classes)


def encoding_of(loss: Loss, spec: DataSpec) -> str:
    """How the data's targets reach the loss: "label", "one_hot", "binary" or "number"."""
    if not spec.classification:
        return "number"
    if loss.encoding == "label":
        return "label"
    return "one_hot" if wanted_width(loss, spec) > 1 else "binary"
