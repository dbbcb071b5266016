"""Declared parameters: one object gives the check, the default, the JSON Schema and the row of a form."""
from core.params._base import EMPTY, Param
from core.params._choices import Bool, Choice
from core.params._declared import Declared
from core.params._kinds import Kind, KindList, KindOf
from core.params._numbers import Float, Int
from core.params._points import FARTHEST, MOST_CLASSES, MOST_POINTS, Points, PointSet, Spot, on_grid
from core.params._texts import Labels, Names, Path, Text
from core.params._tuples import FloatTuple, IntTuple

__all__ = [
    "EMPTY",
    "FARTHEST",
    "MOST_CLASSES",
    "MOST_POINTS",
    "Bool",
    "Choice",
    "Declared",
    "Float",
    "FloatTuple",
    "Int",
    "IntTuple",
    "Kind",
    "KindList",
    "KindOf",
    "Labels",
    "Names",
    "Param",
    "Path",
    "PointSet",
    "Points",
    "Spot",
    "Text",
    "on_grid",
]
