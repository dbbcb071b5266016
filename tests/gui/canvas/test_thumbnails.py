"""Cards and neurons that show what they compute."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Edge
from core.train.probes._grid import known_grid
from core.train.probes._thumbnail import Thumbnail, picture, planes, tiles
from core.train.references import NeuronRef, SampleRef
from core.train.request import Request
from gui.canvas import enlarging, geometry, thumbnail
from gui.canvas.node_item import NodeItem
from gui.canvas.printing import on_paper
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.theme import fonts
from gui.theme.tokens import DARK, LIGHT
from gui.thumbs import layout
from gui.thumbs.colours import images, inks
from gui.thumbs.face import Face
from gui.thumbs.words import subtitle
from tests.gui.canvas.conftest import Hand, network, rest

GROWN = geometry.HEIGHT + thumbnail.BELOW
AREA = QRectF(0, 0, 136, 60)


@pytest.fixture
def xor(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.resize(1280, 800)
    open_example(window, qtbot, "xor-mlp")
    return window


def asked(window: MainWindow) -> tuple[Request, ...]:
    """What the canvas asks of the run, but for the health of the nodes, which it asks for from time to time."""
    return tuple(request for request in window.canvas.requests() if request.probe != "health")


def open_example(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.files.open_example(name)
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=20_000)
    # What the network before has answered has the same names, but other weights.
    feed = window.canvas.canvas_scene.thumbnails.feed
    feed.found, window._stale = None, True
    qtbot.waitUntil(lambda: feed.found is not None and not feed.fresh
                    and all(item.thumbnail is not None and item.thumbnail.face is not None
                            for item in window.canvas.canvas_scene.nodes.values()), timeout=20_000)
    window.canvas.fit()


def shown(window: MainWindow, node: str) -> Thumbnail:
    item = window.canvas.node_item(node)
    holder = item.thumbnail if item.column is None else item.column
    assert holder is not None
    assert holder.face is not None
    return holder.face.found


def predicted(window: MainWindow, node: str, x: np.ndarray) -> np.ndarray:
    session = window.context.trainer._session
    assert session is not None
    # The run may still be answering, with the same network.
    with window.context.trainer._control.standstill():
        return session.network.predict(x, node)


def tile_centre(item: NodeItem, place: int) -> QPointF:
    assert item.thumbnail is not None
    assert item.thumbnail.face is not None
    return item.mapToScene(layout.boxes(item.thumbnail.face.found, item.thumbnail.area)[place].center())


def test_every_card_shows_what_the_engine_computes(xor: MainWindow) -> None:
    session = xor.context.trainer._session
    assert session is not None
    grid = known_grid(session, 24).inputs
    for node in xor.context.document.nodes:
        wanted = predicted(xor, node, grid)
        np.testing.assert_array_equal(shown(xor, node).values, wanted.T.reshape(-1, 24, 24))


def test_pictures_follow_training(xor: MainWindow, qtbot: QtBot) -> None:
    before = shown(xor, "hidden").values
    xor.context.trainer.step()
    qtbot.waitUntil(lambda: not np.array_equal(shown(xor, "hidden").values, before), timeout=10_000)


def test_neurons_show_their_planes_in_their_tiles(xor: MainWindow, qtbot: QtBot) -> None:
    xor.actions_by_id["view.all_neurons"].trigger()
    item = xor.canvas.node_item("hidden")
    qtbot.waitUntil(lambda: item.column is not None and item.column.face is not None, timeout=10_000)
    assert shown(xor, "hidden").numbers == (0, 1, 2, 3)
    assert item.below == 0.0
    session = xor.context.trainer._session
    assert session is not None
    wanted = predicted(xor, "hidden", known_grid(session, 24).inputs)
    np.testing.assert_array_equal(shown(xor, "hidden").values, wanted.T.reshape(4, 24, 24))


def test_pictures_are_of_the_sample_that_all_views_follow(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    open_example(window, qtbot, "digits-mlp")
    session = window.context.trainer._session
    assert session is not None
    np.testing.assert_array_equal(shown(window, "input").values.ravel(), session.parts.train.x[0])
    window.context.trace(SampleRef("validation", 5))
    wanted = session.parts.validation.x[5]
    qtbot.waitUntil(lambda: np.array_equal(shown(window, "input").values.ravel(), wanted), timeout=10_000)
    np.testing.assert_allclose(shown(window, "hidden").values, predicted(window, "hidden", wanted[None])[0], rtol=1e-5)


def test_cards_grow_where_something_is_computed_and_there_is_room(context: AppContext, view: CanvasView) -> None:
    context.history.restart(network(
        ("input", "input", 0, 0), ("dense", "dense", 224, 0), ("close", "dense", 224, 120), ("loose", "tanh", 0, 300),
        wires=(("input", "dense"), ("dense", "close"))))
    QApplication.processEvents()
    heights = {name: item.card().height() for name, item in view.canvas_scene.nodes.items()}
    # The one is too close to the next below, the other has no input and so nothing to compute.
    assert heights == {"input": GROWN, "dense": geometry.HEIGHT, "close": GROWN, "loose": geometry.HEIGHT}
    context.edit("Move", lambda doc: edits.move(doc, {"close": (224.0, 160.0)}))
    assert view.node_item("dense").card().height() == GROWN


def test_a_layer_that_is_added_leaves_room_for_the_thumbnails_above_it(context: AppContext, view: CanvasView) -> None:
    context.history.restart(network(("input", "input", 0, 0), ("dense", "dense", 224, 0),
                                    wires=(("input", "dense"),)))
    context.select(["input"])
    added = view.add_layer("dense")
    assert added is not None
    heights = {name: item.card().height() for name, item in view.canvas_scene.nodes.items()}
    assert heights == {"input": GROWN, "dense": GROWN, added: GROWN}


def test_arranging_makes_room_for_thumbnails_that_had_none(xor: MainWindow) -> None:
    scene = xor.canvas.canvas_scene
    xor.context.edit("Crowd", lambda doc: edits.move(doc, {"decision": (224.0, 64.0)}))
    assert scene.nodes["hidden"].card().height() == geometry.HEIGHT
    xor.actions_by_id["arrange.rows"].trigger()
    assert {item.card().height() for item in scene.nodes.values()} == {GROWN}


def test_without_thumbnails_cards_are_small_and_the_run_is_asked_nothing(xor: MainWindow) -> None:
    action = xor.actions_by_id["view.thumbnails"]
    assert action.isChecked()
    action.trigger()
    assert not action.isChecked()
    assert {item.card().height() for item in xor.canvas.canvas_scene.nodes.values()} == {geometry.HEIGHT}
    assert asked(xor) == ()
    action.trigger()
    assert {item.card().height() for item in xor.canvas.canvas_scene.nodes.values()} == {GROWN}
    assert shown(xor, "hidden").look == "plane"


def test_only_nodes_in_view_and_near_enough_are_asked_for(xor: MainWindow) -> None:
    (request,) = asked(xor)
    assert dict(request.arguments)["nodes"] == tuple(sorted(xor.context.document.nodes))
    xor.canvas.zoom_to(2.0)
    xor.canvas.centerOn(xor.canvas.node_item("input").card().center() - QPointF(100, 0))
    (request,) = asked(xor)
    assert dict(request.arguments)["nodes"] == ("input",)
    xor.canvas.zoom_to(0.2)
    assert asked(xor) == ()


def test_on_paper_cards_are_as_without_thumbnails(xor: MainWindow) -> None:
    scene = xor.canvas.canvas_scene
    with on_paper(scene):
        assert {item.card().height() for item in scene.nodes.values()} == {geometry.HEIGHT}
        assert all(item.thumbnail is None or not item.thumbnail.isVisible() for item in scene.nodes.values())
    assert {item.card().height() for item in scene.nodes.values()} == {GROWN}
    assert shown(xor, "hidden").look == "plane"


def test_ports_stay_where_they_are_on_a_card_that_has_grown(xor: MainWindow) -> None:
    item = xor.canvas.node_item("hidden")
    assert item.output_pos() - item.pos() == geometry.output_point(1)
    assert item.input_pos("x") - item.pos() == geometry.input_point(0, 1)


def test_a_wire_that_goes_back_runs_midway_between_grown_cards(xor: MainWindow) -> None:
    scene = xor.canvas.canvas_scene
    wire = scene.wires[Edge("hidden_sigmoid", "decision")]
    above, below = scene.nodes["hidden_sigmoid"].card(), scene.nodes["decision"].card()
    middle = wire._path.pointAtPercent(0.5).y()
    assert middle == pytest.approx((above.bottom() + below.top()) / 2)


def test_a_picture_is_enlarged_where_the_pointer_rests(xor: MainWindow, monkeypatch: pytest.MonkeyPatch,
                                                      qtbot: QtBot) -> None:
    item = xor.canvas.node_item("hidden")
    lens = rest(xor, tile_centre(item, 2), monkeypatch)
    assert lens.isVisible()
    view = lens.view
    assert view is not None
    assert (view.title, view.place) == ("Dense 3", 2)
    enlarged = xor.canvas.canvas_scene.thumbnails.enlarging
    assert enlarged.node == "hidden"
    # It becomes finer as soon as the run has answered, and shows the samples.
    qtbot.waitUntil(lambda: lens.view is not None and lens.view.face.found.values.shape == (4, 64, 64)
                    and lens.view.points is not None, timeout=10_000)
    session = xor.context.trainer._session
    assert session is not None
    wanted = predicted(xor, "hidden", known_grid(session, 64).inputs)
    assert lens.view is not None
    np.testing.assert_array_equal(lens.view.face.found.values, wanted.T.reshape(4, 64, 64))
    assert not lens.grab().isNull()
    assert xor.canvas.rect().contains(lens.geometry())
    Hand(xor.canvas).hover(item.card().topLeft() + QPointF(80, 20))
    assert not lens.isVisible()
    assert enlarged.node is None


def test_until_the_pointer_has_rested_nothing_is_enlarged(xor: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enlarging, "PATIENCE", 1e9)
    Hand(xor.canvas).hover(tile_centre(xor.canvas.node_item("hidden"), 0))
    xor.frame()
    assert not xor.canvas.canvas_scene.thumbnails.enlarging.shown


def test_a_press_puts_the_enlarged_picture_away(xor: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    at = tile_centre(xor.canvas.node_item("hidden"), 1)
    lens = rest(xor, at, monkeypatch)
    Hand(xor.canvas).press(at)
    assert not lens.isVisible()
    Hand(xor.canvas).release(at)


def test_a_click_on_a_neuron_inspects_it_and_a_drag_does_not(xor: MainWindow) -> None:
    hand, item = Hand(xor.canvas), xor.canvas.node_item("hidden")
    at = tile_centre(item, 1)
    hand.drag(at, at + QPointF(0, -80))
    assert xor.context.neuron is None
    hand.click(tile_centre(item, 1))
    assert xor.context.neuron == NeuronRef("hidden", 1)
    assert item.thumbnail is not None
    assert item.thumbnail.ringed == 1
    xor.context.inspect(NeuronRef("decision", 0))
    assert item.thumbnail.ringed is None


def test_a_click_on_a_tile_of_a_column_inspects_that_neuron(xor: MainWindow, qtbot: QtBot) -> None:
    xor.actions_by_id["view.all_neurons"].trigger()
    item = xor.canvas.node_item("hidden")
    qtbot.waitUntil(lambda: item.column is not None and item.column.face is not None, timeout=10_000)
    assert item.column is not None
    Hand(xor.canvas).click(item.mapToScene(item.column.column.box(2, item.column.head).center()))
    assert xor.context.neuron == NeuronRef("hidden", 2)
    assert item.column.ringed == 2


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_negative_numbers_are_orange_positive_ones_blue_and_zero_is_paper(tokens: object) -> None:
    assert tokens in (LIGHT, DARK)
    used = LIGHT if tokens is LIGHT else DARK
    found = tiles("node", "strip", np.array([-2.0, -1.0, 0.0, 1.0, 2.0]))
    colours = [QColor.fromRgb(int(ink)) for ink in inks(found, used)]
    for value, colour in zip((-1.0, -0.5, 0.0, 0.5, 1.0), colours, strict=True):
        wanted = QColor(used.signed(value))
        apart = [abs(a - b) for a, b in zip(colour.getRgb(), wanted.getRgb(), strict=True)]  # type: ignore[arg-type]
        assert max(apart) <= 2


def test_planes_stand_upright(window: MainWindow) -> None:
    rising = np.repeat(np.arange(-3.0, 4.0), 7)[:, None]
    (image,) = images(planes("node", rising, 7), LIGHT)
    assert QColor(image.pixel(0, 0)) == QColor(LIGHT.positive)
    assert QColor(image.pixel(0, 6)) == QColor(LIGHT.negative)


def test_pictures_are_grey_or_coloured_as_their_pixels_are() -> None:
    grey = picture("input", np.array([0.0, 0.5, 1.0, 0.25]), (2, 2, 1), (0.0, 1.0))
    (image,) = images(grey, LIGHT)
    assert [QColor(image.pixel(x, y)).red() for y in (0, 1) for x in (0, 1)] == pytest.approx([0, 128, 255, 64], abs=2)
    red = picture("input", np.array([1.0, 0.0, 0.0]), (1, 1, 3), (0.0, 1.0))
    (image,) = images(red, LIGHT)
    assert QColor(image.pixel(0, 0)).red() > 250
    assert QColor(image.pixel(0, 0)).blue() == 0


@pytest.mark.usefixtures("theme")
def test_bars_are_as_high_as_the_probabilities() -> None:
    found = tiles("output", "bars", np.array([0.25, 0.75]), scale=1.0, classes=("no", "yes"))
    sheet = QImage(136, 60, QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    Face(found, LIGHT, 1).paint(painter, AREA, 1.0, fonts.font(LIGHT, small=True))
    painter.end()
    for value, room, colour in zip((0.25, 0.75), layout.boxes(found, AREA), (None, LIGHT.label_colour(1, 2)),
                                   strict=True):
        column = [QColor(sheet.pixel(round(room.center().x()), y)) for y in range(int(room.height()))]
        empty = sum(pixel == QColor(LIGHT.neutral) for pixel in column)
        assert empty == pytest.approx((1 - value) * room.height(), abs=2)
        assert colour is None or column[-3] == QColor(colour)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8, 16, 31, 32])
def test_tiles_fill_the_area_without_touching_each_other(count: int) -> None:
    boxes = layout.boxes(tiles("node", "maps", np.zeros((count, 6, 6))), AREA)
    assert len(boxes) == count
    assert all(AREA.adjusted(-0.01, -0.01, 0.01, 0.01).contains(box) for box in boxes)
    assert all(not a.intersects(b) for place, a in enumerate(boxes) for b in boxes[:place])
    assert all(box.width() == pytest.approx(box.height()) for box in boxes)


@pytest.mark.parametrize("count", [1, 5, 10, 32, 64, 128, 300, 512])
def test_cells_of_a_strip_lie_within_the_area_in_reading_order(count: int) -> None:
    boxes = layout.boxes(tiles("node", "strip", np.zeros(count), most=count), AREA)
    assert len(boxes) == count
    assert all(AREA.adjusted(-0.01, -0.01, 0.01, 0.01).contains(box) for box in boxes)
    places = [(box.top(), box.left()) for box in boxes]
    assert places == sorted(places)


def test_words_say_what_is_seen_with_the_range_of_that_part() -> None:
    found = tiles("node", "maps", np.array([[[-1.0, 2.0]], [[0.5, 0.25]]]))
    assert subtitle(found, 1) == "map 2 of 2, 0.2500 to 0.5000"
    assert subtitle(tiles("node", "strip", np.array([1.5, -2.0])), 1) == "neuron 2 of 2: −2.0000"
    sure = tiles("node", "bars", np.array([0.2, 0.8]), classes=("no", "yes"))
    assert subtitle(sure, 1) == "yes: 80.0 %"


@pytest.mark.parametrize("count", [1, 7, 64, 300])
def test_every_cell_of_a_strip_is_found_where_it_is_drawn(count: int) -> None:
    found, area = tiles("node", "strip", np.zeros(count), most=count), AREA
    for place, box in enumerate(layout.boxes(found, area)):
        assert layout.part_at(found, area, box.center()) == place
    assert layout.part_at(found, area, area.topLeft() - QPointF(3, 3)) is None
