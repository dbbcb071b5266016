"""What can be asked of a network in training. A new file here is a new question."""
from core.registry import discover
from core.train.probes._base import PROBES, NotApplicable, Probe, answer

discover(__name__)

__all__ = ["PROBES", "NotApplicable", "Probe", "answer"]
