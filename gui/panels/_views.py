"""What the panels share that look at a network in several ways."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QPointF, Qt, Slot

from core.graph.document import Diff, Document
from gui.panels._base import Exportable
from gui.panels._choices import ViewChoices
from gui.panels._live import LivePanel
from gui.plots.caption import Caption
from gui.plots.view import Beside, View
from gui.theme.tokens import Tokens


class ViewsPanel(LivePanel):
    """One of `views` is on the board, as it was chosen; each is made when it is first wanted.

    It follows the selected node, or shows always the one that is pinned. A subclass calls `assemble` in `build`, and
    `fill` after it has drawn what may be unfinished; `asked` makes another question of the next one.
    """

    views: ClassVar[Mapping[str, type[View]]]
    view: View
    choices: ViewChoices

    def assemble(self, beside: Beside, choices: ViewChoices) -> None:
        """Put the caption, what stands beside the plots, and the first view on the board."""
        self.caption, self.beside, self.choices = Caption(self.tokens), beside, choices
        self.asked, self.filling = 0, False
        self._made: dict[type[View], View] = {}
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(beside, 1, 2)
        self._put(self.views[choices.view])
        self.board.view.scene().sigMouseClicked.connect(self._clicked)

    def _put(self, kind: type[View]) -> None:
        if kind not in self._made:
            made = self._made[kind] = kind(self.board, self.caption, self.beside, self.called)
            made.restyle(self.tokens)
        self.view = self._made[kind]
        self.main = self.view.probe
        self.board.layout_item.addItem(self.view.plot, 1, 1)
        self.beside.setVisible(False)
        self.beside.take_room()

    def called(self, node: str) -> str:
        """What people call a node."""
        return node

    @property
    def selected(self) -> str:
        """The selected node, or "" unless it is one."""
        chosen = self.context.selection
        return next(iter(chosen)) if len(chosen) == 1 else ""

    @property
    def meant(self) -> str:
        """The node that is pinned, or else the selected one."""
        pinned = self.choices.pinned
        return pinned if pinned in self.context.document.nodes else self.selected

    @Slot()
    def chose(self) -> None:
        """Something else is to be seen. It is asked for with the next tick."""
        kind = self.views[self.choices.view]
        if type(self.view) is not kind:
            self.board.layout_item.removeItem(self.view.plot)
            self._put(kind)
            self.answers = {}
            self.caption.say("")
        self.filling = False
        self.arrange()

    def fill(self, pending: bool) -> None:
        """While moments are still to be looked at, ask another question; while training runs the same one, which is
        answered as often as it can be without slowing the run down."""
        self.filling = pending and not self.context.trainer.running
        self.asked += self.filling

    def show_node(self, node: str) -> None:
        if self.choices.pinned != node:
            self.choices.pinned = ""

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        for view in self._made.values():
            view.restyle(tokens)

    @Slot()
    def arrange(self) -> None:
        self.view.arrange(self.answer)
        self.choices.tidy(self.width())

    def point(self, place: QPointF | None) -> None:
        # Drawing may have found that there is another view to be shown, of which there is no answer yet.
        if self.answer is not None:
            self.view.point(self.answer, place)

    def clicked(self, place: QPointF) -> None:
        """Somebody clicked at a place of the scene, while there is an answer."""

    @Slot(object)
    def _clicked(self, event: Any) -> None:
        """A double click shows all again."""
        if event.button() != Qt.MouseButton.LeftButton or self.answer is None or self.board.empty:
            return
        if not event.double():
            self.clicked(event.scenePos())
        elif self.view.zoom is not None:
            self.view.zoom.reset()

    def on_document(self, diff: Diff, document: Document) -> None:
        super().on_document(diff, document)
        if self.choices.pinned not in document.nodes:
            self.choices.pinned = ""

    def file_name(self) -> str:
        """What an exported plot is called."""
        raise NotImplementedError

    def exports(self) -> Exportable | None:
        found = self.answer
        if found is None:
            return None
        return Exportable(self.file_name(), self.board.layout_item, lambda: self.view.table(found))
