"""A panel declares itself with one PANEL; the window makes its dock, menu entry, shortcut and remembered place."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QMenu, QWidget

from core.registry import Registry
from core.train.request import Request

if TYPE_CHECKING:
    from core.graph.document import Diff, Document
    from core.train.events import Event
    from gui.context import AppContext

Area = Literal["left", "right", "bottom"]
Heading = Literal["Learning", "Network", "Results"]


class Panel(QWidget):
    """Base of all panels. Only visible panels are ticked, and only their requests are computed."""

    def __init__(self, context: AppContext):
        super().__init__()
        self.context = context

    def on_document(self, diff: Diff, document: Document) -> None:
        """The document changed (also called for hidden panels: be cheap)."""

    def on_train(self, event: Event) -> None:
        """Something happened in the run. Snapshots come only with what `requests` asked for."""

    def on_tick(self) -> None:
        """Draw what is new. Called about 30 times a second while visible."""

    def requests(self) -> tuple[Request, ...]:
        """What this panel needs from the run at present. Asked for at every tick and after every selection."""
        return ()

    def show_node(self, node: str) -> None:
        """Show this node, which is the selected one, also where another one was chosen for good."""

    def exports(self) -> Exportable | None:
        """What "Export plot" takes from this panel, or None."""
        return None

    def fill_menu(self, menu: QMenu) -> None:
        """Put the panel's own entries on top of its context menu."""


@dataclass(frozen=True)
class Exportable:
    """A plot that can be saved: `item` is a QGraphicsItem, a QWidget or an `export.Drawing` to paint; `table` gives the
    numbers that it shows: column names and rows of equal length. `note` says what a picture has no room for."""

    name: str
    item: object
    table: Callable[[], tuple[list[str], list[list[float | str]]]]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PanelInfo:
    """The declaration.

    `order` sorts panels within their area, `width` is their share of a row; `visible` says whether a first start
    shows the panel; `every` draws it in each n-th frame only. One that stands `apart` has a row of its own, as wide as
    the area; one that stands `behind` another opens as a tab beside it; its `tab` may have a shorter title. A
    live view names the `heading` under which the list of views has it.
    """

    id: str
    title: str
    area: Area
    icon: str
    create: Callable[[AppContext], Panel]
    shortcut: str = ""
    order: int = 0
    width: int = 100
    visible: bool = True
    every: int = 1
    apart: bool = False
    behind: str = ""
    tab: str = ""
    heading: Heading | None = None
    tip: str = ""

    def __post_init__(self) -> None:
        PANELS.add(self.id, self)


PANELS: Registry[PanelInfo] = Registry("panel")
