"""The step that would come next, tried out on the side."""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.memory import generator_memory, recall_generator

if TYPE_CHECKING:
    from core.train.session import Session


def next_update(session: Session) -> Array:
    """What the next step would add to all weights, in the order of the flat vector.

    The step is done with the next batch and the present learning rate, and taken back: the session stays as it is,
    bit for bit. While the weights of an earlier moment are shown, it is the step that came after that moment.
    """
    network, rule = session.network, session.rule
    weights, state, gradients = (held.flat.copy() for held in (network.weights, network.state, network.gradients))
    memory, chance = rule.memory(), {name: generator_memory(rng) for name, rng in session.generators().items()}
    moment = session.moments.showing if session.moments is not None else None
    batch = session.batch if moment is None else moment.batch
    try:
        if moment is not None:
            rule.recall(moment.rule)
            for name, rng in session.generators().items():
                recall_generator(rng, moment.chance[name])
        with np.errstate(all="ignore"):
            if batch == 0:
                rule.begin_epoch()
            rule.step(batch)
        return network.weights.flat - weights
    finally:
        network.weights.flat[...], network.state.flat[...] = weights, state
        network.gradients.flat[...] = gradients
        rule.recall(memory)
        for name, rng in session.generators().items():
            recall_generator(rng, chance[name])
