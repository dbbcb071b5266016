"""How somebody looks at the boundary, and what is asked of the run for it."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.train.references import SampleRef
from core.train.request import Request
from core.train.sampling import PARTS

SIZES = (50, 100, 200, 400)


@dataclass(frozen=True, slots=True)
class View:
    """Columns by name, empty for those that tell most; with `traced` the others are held at the traced sample. `label`
    is the class whose probability is drawn, None for the most likely one; `lines` None where they are usual."""

    x: str = ""
    y: str = ""
    traced: bool = False
    label: int | None = None
    discrete: bool = False
    lines: bool | None = None
    size: int = 100
    shown: frozenset[str] = frozenset(PARTS)
    errors: bool = False

    def requests(self, sample: SampleRef, *, marked: bool, told: bool) -> tuple[Request, ...]:
        """The map and the points; with `marked` the place of the sample, with `told` what is said of points."""
        columns: dict[str, Any] = {key: value for key, value in (("x", self.x), ("y", self.y)) if value}
        held = {**columns, "sample": sample} if self.traced else columns
        chosen = {"size": self.size} if self.size != 100 else {}
        chosen |= {"label": self.label} if self.label is not None else {}
        chosen |= {"lines": self.lines} if self.lines is not None else {}
        wanted = [Request.of("boundary", **held, **chosen), Request.of("points", **held)]
        if marked or self.traced:
            wanted.append(Request.of("place", **{**columns, "sample": sample}))
        if told or self.errors:
            wanted.append(Request.of("verdicts", **held))
        return tuple(wanted)
