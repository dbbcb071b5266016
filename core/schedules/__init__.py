"""The schedules of the learning rate. A new file here is a new schedule everywhere."""
from core.registry import discover
from core.schedules._base import SCHEDULES, Reaction, Schedule

discover(__name__)

__all__ = ["SCHEDULES", "Reaction", "Schedule"]
