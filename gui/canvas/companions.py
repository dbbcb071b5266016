"""The companions of every scene, in the order in which they follow."""
from __future__ import annotations

from gui.canvas.companion import Companion
from gui.canvas.groups import Groups
from gui.canvas.health import HealthMarks
from gui.canvas.neurons import Neurons
from gui.canvas.notes import Notes
from gui.canvas.signals import Signals
from gui.canvas.spotlight import Spotlight
from gui.canvas.thumbnails import Thumbnails
from gui.canvas.travel import WireCycle
from gui.canvas.watch import Watch
from gui.canvas.ways import Ways

COMPANIONS: tuple[type[Companion], ...] = (Thumbnails, Notes, Groups, Neurons, WireCycle, Watch, Ways, Spotlight,
                                            HealthMarks, Signals)
