"""The tools of the pad: what a press, a drag and a release make of the points."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.graph import painting
from core.graph.painting import Place
from core.params import PointSet


@dataclass(frozen=True, slots=True)
class Tool:
    """The declaration. `key` chooses it while the pad has the focus; `sized` says that it works within a circle,
    `dense` that it puts more or fewer points there."""

    id: str
    title: str
    tip: str
    key: str
    sized: bool = False
    dense: bool = False

    @property
    def icon(self) -> str:
        """The name of its picture."""
        return f"pad-{self.id}"


TOOLS = {tool.id: tool for tool in (
    Tool("brush", "Brush", "Fill an area evenly with points", "B", sized=True, dense=True),
    Tool("spray", "Spray", "Scatter points for as long as the button is held", "S", sized=True, dense=True),
    Tool("point", "Point", "Put single points", "P"),
    Tool("move", "Move", "Drag a point to another place", "M"),
    Tool("recolour", "Recolour", "Give points another class", "R", sized=True),
    Tool("erase", "Erase", "Take points away", "E", sized=True),
)}


@dataclass(frozen=True, slots=True)
class Hand:
    """How a tool is held: `radius` of its circle, in units of the data, `density` from 1 to 10, the class `label` that
    it paints, and how near a point must be to be picked up, `reach`."""

    radius: float
    density: int
    label: int
    reach: float

    @property
    def gap(self) -> float:
        """How far the points of a brush lie apart."""
        return self.radius * 2.2 / (1.5 + self.density / 2)


@dataclass(slots=True)
class Stroke:
    """One press of the button until its release. `now` is what the points would become. Raises DataError while it goes
    on, if the points would be too many; `now` is then as it was before."""

    tool: Tool
    hand: Hand
    before: PointSet
    seed: int
    last: Place
    now: PointSet = field(init=False)
    picked: int | None = None
    ticks: int = 0

    def __post_init__(self) -> None:
        self.now = self.before

    def begin(self) -> None:
        """The button went down."""
        if self.tool.id == "move":
            self.picked = painting.nearest(self.before, self.last, self.hand.reach)
        else:
            self._work(self.last)

    def drag(self, place: Place) -> None:
        """The pointer moved."""
        if self.tool.id == "move":
            if self.picked is not None:
                self.now = painting.move(self.now, self.picked, place)
        elif self.tool.id in ("brush", "recolour", "erase"):
            self._work(place)
        self.last = place

    def tick(self) -> None:
        """Time passes while the button is held."""
        if self.tool.id == "spray":
            self._work(self.last)

    @property
    def label(self) -> str:
        """What was done, as the history calls it; empty for nothing."""
        if self.now == self.before:
            return ""
        more = len(self.now) - len(self.before)
        changed = sum(a != b for a, b in zip(self.now, self.before, strict=True)) if not more else abs(more)
        return LABELS[self.tool.id](_points(changed))

    def _work(self, place: Place) -> None:
        hand, start = self.hand, self.last
        self.ticks += 1
        match self.tool.id:
            case "brush":
                self.now = painting.brush(self.now, start, place, hand.radius, hand.gap, hand.label)
            case "spray":
                # A number of its own for every puff, so that a stroke can be done again exactly.
                seed = self.seed * 1_000_003 + self.ticks
                self.now = painting.spray(self.now, place, hand.radius, hand.density, hand.label, seed)
            case "point":
                self.now = painting.add(self.now, [(*place, hand.label)])
            case "recolour":
                self.now = painting.recolour(self.now, start, place, hand.radius, hand.label)
            case "erase":
                self.now = painting.erase(self.now, start, place, hand.radius)


LABELS: dict[str, Callable[[str], str]] = {
    "brush": "Paint {}".format, "spray": "Spray {}".format, "point": "Add {}".format, "move": "Move {}".format,
    "recolour": "Recolour {}".format, "erase": "Erase {}".format,
}


def _points(count: int) -> str:
    return "a point" if count == 1 else f"{count:,} points"
