"""The training rules. A new file here is a new rule."""
from core.registry import discover
from core.train.rules._base import RULES, Ending, Rule

discover(__name__)

__all__ = ["RULES", "Ending", "Rule"]
