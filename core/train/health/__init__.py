"""Whether a network in training is well: each rule looks for one illness. A new file here is a new rule."""
from core.registry import discover
from core.train.health._base import RULES, Checkup, Rule, examined

discover(__name__)

__all__ = ["RULES", "Checkup", "Rule", "examined"]
