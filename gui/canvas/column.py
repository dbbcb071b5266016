"""The neurons of a node as a column below its card: a value, and where everything in it stands. Pure functions.

Lengths are canvas units from the top left corner of the node; `head` is the height of its card.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

from core.graph import neurons
from core.graph.check import Report
from core.graph.document import Document, Node
from core.graph.naming import kind_title
from core.layers import LAYERS
from gui.canvas import geometry, thumbnail

LARGE, PITCH = 28.0, 40.0
SMALL, CLOSE = 14.0, 20.0
CROWD = 16
MARGIN = 6.0
SKIP = 24.0
SIDE = 28.0
WIDTHS = (112.0, 136.0, 168.0)
TITLE_LETTERS = 8
NAME_LETTERS = (6, 11)
BUTTON = 16.0
BUTTON_Y = 39.0
BUTTON_APART = 28.0
BIAS = 5.0


@dataclass(frozen=True, slots=True)
class Column:
    """`names` are those of the neurons, written to the left or, at an output, to the right of them. `icon` stands in
    each of them; `biased` gives each a mark for its bias; `grows` puts buttons for one more and one less on the card.
    """

    units: int
    names: tuple[str, ...] = ()
    right: bool = False
    icon: str = ""
    biased: bool = False
    grows: bool = False
    width: float = WIDTHS[0]

    @property
    def shown(self) -> tuple[int, ...]:
        """Numbers of the neurons that are drawn."""
        return neurons.shown(self.units)

    @property
    def size(self) -> float:
        """Side of the square that a neuron is."""
        return LARGE if self.units <= CROWD else SMALL

    @property
    def middle(self) -> float:
        """Where the column stands in its width: at the side where the lines are, if names stand at the other."""
        if not self.names:
            return self.width / 2
        return SIDE if self.right else self.width - SIDE

    @property
    def middles(self) -> tuple[float, ...]:
        """Heights of the middles of the neurons that are drawn, below the head."""
        return _middles(self.units)

    @property
    def height(self) -> float:
        """What the column adds to the height of the card."""
        return geometry.snap(self.middles[-1] + _pitch(self.units) / 2 + MARGIN)

    @property
    def skip(self) -> float | None:
        """Where it is said how many neurons are not drawn, below the head; None if all are."""
        if len(self.shown) == self.units:
            return None
        return (self.middles[neurons.ENDS - 1] + self.middles[neurons.ENDS]) / 2

    def box(self, place: int, head: float) -> QRectF:
        """The square of the neuron that is drawn at `place`, from 0."""
        half = self.size / 2
        return QRectF(self.middle - half, head + self.middles[place] - half, self.size, self.size)

    def bias_box(self, place: int, head: float) -> QRectF:
        """The mark of its bias, at the lower left as TensorFlow Playground has it."""
        box = self.box(place, head)
        return QRectF(box.left() - BIAS - 2, box.bottom() - BIAS, BIAS, BIAS)

    def button(self, way: int) -> QRectF:
        """The button for one neuron less (-1) or more (1), on the card."""
        middle = QPointF(self.width / 2 + way * BUTTON_APART, BUTTON_Y)
        return QRectF(middle.x() - BUTTON / 2, middle.y() - BUTTON / 2, BUTTON, BUTTON)

    def name(self, number: int) -> str:
        """What a person calls a neuron: by the data's word for it, or counted from 1."""
        return self.names[number] if number < len(self.names) else f"neuron {number + 1}"


def column_of(node: Node, document: Document, report: Report) -> Column | None:
    """The column of a node that is drawn as neurons; None for any other, and where their number is not known."""
    units = neurons.units_of(report, node.id) if node.neurons else 0
    if not units or node.kind not in LAYERS:
        return None
    layer, weighted = LAYERS[node.kind], neurons.weighted(node)
    names = neurons.names_of(document, report, node.id)
    plain = weighted or bool(layer.role) or node.bypassed
    return Column(units, names, layer.role == "output", "" if plain else f"layers/{layer.info.icon}",
                  weighted and bool(node.params.get("bias")), weighted, _width(node, names))


def card_of(node: Node, document: Document, report: Report, *, thumbnails: bool = False) -> QRectF:
    """The card of a node where the document has it, with its neurons, or with room for its thumbnail."""
    column = column_of(node, document, report)
    head = geometry.card_height(len(LAYERS[node.kind].inputs) if node.kind in LAYERS else 1)
    room = thumbnail.BELOW if thumbnails and thumbnail.wants(node, report) else 0.0
    width, below = (geometry.WIDTH, room) if column is None else (column.width, column.height)
    return QRectF(*node.position, width, head + below)


def _width(node: Node, names: tuple[str, ...]) -> float:
    longest = max(map(len, names), default=0)
    wide = sum(longest > limit for limit in NAME_LETTERS)
    title = node.title or kind_title(node.kind)
    return WIDTHS[max(wide, int(len(title) > TITLE_LETTERS))]


def _pitch(units: int) -> float:
    return PITCH if units <= CROWD else CLOSE


@lru_cache(maxsize=256)
def _middles(units: int) -> tuple[float, ...]:
    pitch, count = _pitch(units), len(neurons.shown(units))
    gap = SKIP if count < units else 0.0
    return tuple(MARGIN + (place + 0.5) * pitch + gap * (place >= neurons.ENDS) for place in range(count))
