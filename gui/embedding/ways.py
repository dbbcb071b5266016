"""The choices above the plot: the layer, the way into the plane, the part, and the classes in sight."""
from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy

from core.train.probes.embedding import Embedding
from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip
from gui.theme import palette

PARTS = {"train": "Training", "validation": "Validation", "test": "Test"}
WAYS = ("PCA", "t-SNE")
PERPLEXITIES = (5, 15, 30, 50, 100)
SWATCH = 10


class Ways:
    """`changed` is called when something else is to be computed, `shown` when other classes are to be seen."""

    def __init__(self, strip: Strip, changed: Callable[[], object], shown: Callable[[], object]):
        self.node = self.part = ""
        self.way, self.perplexity = WAYS[0], 30
        self.hidden: frozenset[int] = frozenset()
        self.titles: Mapping[str, str] = {}
        self._found: Embedding | None = None
        self._changed, self._shown = changed, shown
        self.layer = MenuButton("Layer", "The layer whose outputs are shown", self._fill_layers)
        self.how = MenuButton("Way", "How many numbers become two", self._fill_ways)
        self.classes = MenuButton("Classes", "Which classes are in sight", self._fill_classes, icon="filter")
        # Where there is no room, the name of the layer is cut.
        self.how.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for button in (self.layer, self.how, self.classes):
            strip.put(button)
        self.follow(None)

    def follow(self, found: Embedding | None) -> None:
        """Offer what suits this answer."""
        if found is not None and self._found is not None and found.names != self._found.names:
            self.hidden = frozenset()
        self._found = found
        self.layer.setVisible(found is not None)
        self.classes.setVisible(found is not None and bool(found.names))
        self.how.say(self.way)
        self.classes.say("", lit=bool(self.hidden))
        if found is not None:
            self.layer.say(self._title(found.node))

    def _title(self, node: str) -> str:
        return self.titles.get(node) or node

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.follow(self._found)
        self._changed()

    def _fill_layers(self, menu: QMenu) -> None:
        if self._found is not None:
            nodes = self._found.nodes
            offer(menu, [self._title(node) for node in nodes], nodes.index(self._found.node),
                  lambda place: self._set(node=nodes[place]))

    def _fill_ways(self, menu: QMenu) -> None:
        offer(menu, WAYS, WAYS.index(self.way), lambda place: self._set(way=WAYS[place]))
        under = menu.addMenu("Perplexity")
        under.setToolTip("About how many neighbours t-SNE looks at")
        offer(under, [str(value) for value in PERPLEXITIES], PERPLEXITIES.index(self.perplexity),
              lambda place: self._set(perplexity=PERPLEXITIES[place]))
        if self._found is not None:
            menu.addSeparator()
            parts = self._found.parts
            offer(menu, [PARTS[part] for part in parts], parts.index(self._found.part),
                  lambda place: self._set(part=parts[place]))

    def _fill_classes(self, menu: QMenu) -> None:
        if self._found is None:
            return
        everything = menu.addAction("All classes")
        everything.setEnabled(bool(self.hidden))
        everything.triggered.connect(lambda: self._show(frozenset()))
        names, tokens = self._found.names, palette.current().tokens
        for number, name in enumerate(names):
            action = menu.addAction(_swatch(tokens.label_colour(number, len(names))), name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number not in self.hidden)
            action.triggered.connect(lambda _=False, number=number: self._show(self.hidden ^ {number}))

    def _show(self, hidden: frozenset[int]) -> None:
        self.hidden = hidden
        self.follow(self._found)
        self._shown()


def _swatch(colour: str) -> QIcon:
    made = QPixmap(SWATCH, SWATCH)
    made.fill(QColor(colour))
    return QIcon(made)
