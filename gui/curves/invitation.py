"""What the curves say while there is nothing to draw."""
from __future__ import annotations

from gui.context import AppContext

BUILD = "Build a network to see here how well it learns."
UNSOUND = "The network has problems. Once they are solved, press Space to train."
EMPTY = "Press Space to train: loss and accuracy appear here."
BEGUN = "The first epoch has begun. Press Space to go on: loss and accuracy appear at its end."
WAITING = "The first epoch is under way: loss and accuracy appear in a moment."


def sentence(context: AppContext, unready: str) -> str:
    """What to do to see something; `unready` stands for a network that cannot be trained."""
    trainer = context.trainer
    if trainer.running:
        return WAITING
    if not context.document.nodes:
        return BUILD
    if trainer.state == "paused" and trainer.step_count:
        return BEGUN
    return EMPTY if trainer.state != "invalid" or context.report.ok else unready
