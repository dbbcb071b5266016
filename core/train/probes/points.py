"""The samples as points in the plane of two features."""
from __future__ import annotations

from core.train.probes._base import Probe
from core.train.probes._points import LIMIT, Points, points_of

__all__ = ["LIMIT", "PROBE", "Points"]

PROBE = Probe("points", points_of)
