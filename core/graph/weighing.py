"""Weights of the classes, from the data, in the losses of the Outputs that predict them."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.graph.goal import Goal
from core.losses import LOSSES, Loss

PARAM = "class_weights"


def weighable(loss: Loss, classes: int) -> bool:
    """True if the loss takes one weight for each of so many classes."""
    return PARAM in loss.params and not weighted(loss, (1.0,) * classes).problems(classes)


def weighted(loss: Loss, weights: Sequence[float]) -> Loss:
    """The loss with these weights of the classes instead of its own."""
    made: Loss = LOSSES[loss.info.kind](**{**loss.config(), PARAM: tuple(weights)})
    return made


def weigh(goals: Sequence[Goal], weights: Sequence[float]) -> tuple[Goal, ...]:
    """The goals, where classes of the data are predicted with these weights; without any, as they are."""
    if not weights:
        return tuple(goals)
    return tuple(replace(goal, loss=weighted(goal.loss, weights))
                 if goal.predicts and weighable(goal.loss, len(weights)) else goal for goal in goals)
