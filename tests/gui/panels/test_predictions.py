"""The predictions panel shows samples with what is said of them, and lets one follow a sample."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.io.examples import load
from core.train.cases import Cases, Wish, ranked
from core.train.control import Control
from core.train.events import Snapshot
from core.train.loop import train
from core.train.probes import answer
from core.train.references import Chosen, SampleRef
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.forms.menu_button import MenuButton
from gui.main_window import MainWindow
from gui.panels.predictions import REST, PredictionsPanel
from gui.predictions.cards import PairCards, PictureCards, RowCards, cards_for
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> PredictionsPanel:
    return shown(qtbot, PredictionsPanel, context, 440, 320)


def iris() -> Session:
    session = Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                            data={"validation": 0.4}, epochs=4))
    list(train(session, Control()))
    return session


def cases(panel: PredictionsPanel) -> Cases:
    found = panel.cases
    assert found is not None
    return found


def choose(button: MenuButton, *words: str) -> None:
    """Take an entry of a menu, through its submenus."""
    menu = button.menu()
    menu.aboutToShow.emit()
    for word in words[:-1]:
        menu = next(action.menu() for action in menu.actions() if action.text() == word)
    found: QAction = next(action for action in menu.actions() if action.text() == words[-1])
    found.trigger()


def click(panel: PredictionsPanel, index: int, twice: bool = False) -> None:
    at = panel.grid.area_of(index).center()
    (QTest.mouseDClick if twice else QTest.mouseClick)(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_before_anything_ran_it_says_what_to_do(panel: PredictionsPanel) -> None:
    assert panel.board.empty
    assert panel.exports() is None


def test_hidden_it_asks_for_nothing(panel: PredictionsPanel) -> None:
    assert panel.requests() == (Request.of("predictions", part="", turn=0),)
    panel.hide()
    assert panel.requests() == ()


def test_the_worst_sample_comes_first(panel: PredictionsPanel) -> None:
    session = iris()
    look(panel, session)
    part = session.parts.validation
    losses = -np.log(session.network.predict(part.x)[np.arange(len(part)), part.y].astype(float))
    np.testing.assert_array_equal(panel.grid.order, np.argsort(-losses, kind="stable"))
    assert isinstance(panel.cards, RowCards)
    wrong = (session.network.predict(part.x).argmax(axis=1) != part.y).sum()
    assert panel.sheet.line.figure == f"{wrong} wrong"


def test_the_order_is_chosen(panel: PredictionsPanel) -> None:
    look(panel, iris())
    for word, wish in (("Best first", "best"), ("Least sure first", "unsure"), ("In order", "order")):
        choose(panel.wishes.order, word)
        np.testing.assert_array_equal(panel.grid.order, ranked(cases(panel), Wish(wish)))


def test_samples_are_filtered_by_class_and_by_error(panel: PredictionsPanel) -> None:
    look(panel, iris())
    found = cases(panel)
    choose(panel.wishes.filter, "True class", "versicolor")
    assert (found.truth[panel.grid.order] == 1).all()
    assert len(panel.grid.order) == (found.truth == 1).sum()
    choose(panel.wishes.filter, "Predicted class", "virginica")
    assert len(panel.grid.order) == ((found.truth == 1) & (found.said == 2)).sum()
    choose(panel.wishes.filter, "All samples")
    choose(panel.wishes.filter, "Errors only")
    assert len(panel.grid.order) == (found.truth != found.said).sum()


def test_another_part_is_asked_for(panel: PredictionsPanel) -> None:
    session = iris()
    look(panel, session)
    choose(panel.wishes.parts, "Training")
    assert panel.requests() == (Request.of("predictions", part="train", turn=0),)
    look(panel, session)
    assert len(panel.grid.order) == len(session.parts.train)


def test_in_a_small_panel_the_parts_stand_in_the_menu_of_the_order(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, PredictionsPanel, context, 195, 240)
    look(panel, iris())
    assert not panel.wishes.parts.isVisible()
    choose(panel.wishes.order, "Training")
    assert panel.wishes.part == "train"


def test_what_somebody_asks_for_elsewhere_is_shown(panel: PredictionsPanel, context: AppContext) -> None:
    session = iris()
    look(panel, session)
    context.samples_wanted.emit(Chosen("train", 1, 2))
    look(panel, session)
    found = cases(panel)
    assert found.part == "train"
    np.testing.assert_array_equal(panel.grid.order, ranked(found, Wish(truth=1, predicted=2)))
    assert panel.sheet.line.text.startswith("versicolor taken for virginica") or not len(panel.grid.order)


def test_a_click_follows_a_sample_and_arrow_keys_the_next(panel: PredictionsPanel, context: AppContext) -> None:
    look(panel, iris())
    order = panel.grid.order
    click(panel, 1)
    assert context.sample == SampleRef("validation", int(cases(panel).numbers[order[1]]))
    assert panel.grid.current == order[1]
    QTest.keyClick(panel.grid, Qt.Key.Key_Right)
    assert panel.grid.current == order[2]
    QTest.keyClick(panel.grid, Qt.Key.Key_Down)
    assert panel.cards is not None
    assert panel.grid.current == order[2 + panel.cards.across]


def test_a_sample_that_others_follow_is_framed(panel: PredictionsPanel, context: AppContext) -> None:
    look(panel, iris())
    context.trace(SampleRef("validation", 9))
    assert panel.grid.current == 9
    context.trace(SampleRef("train", 9))
    assert panel.grid.current is None


def test_clicked_twice_a_sample_is_shown_with_all_its_classes(panel: PredictionsPanel) -> None:
    session = iris()
    look(panel, session)
    place = int(panel.grid.order[3])
    click(panel, 3, twice=True)
    look(panel, session)
    assert panel.sheet.closely
    said = session.network.predict(session.parts.validation.x[place : place + 1])[0]
    assert [bar.figure for bar in panel.large.bars.bars] == [f"{100 * share:.1f} %" for share in said]
    QTest.keyClick(panel.large, Qt.Key.Key_Right)
    assert panel.large.place == panel.grid.order[4]
    QTest.keyClick(panel.large, Qt.Key.Key_Escape)
    assert not panel.sheet.closely


def test_while_training_the_order_stays_under_the_pointer(panel: PredictionsPanel, context: AppContext,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    session = iris()
    look(panel, session)
    before = panel.grid.order.copy()
    monkeypatch.setattr(context.trainer, "state", "running")
    panel.grid.inside = True
    session.network.weights.flat[:] = -session.network.weights.flat
    found = answer(session, Request.of("predictions", part="", turn=0))
    panel.on_train(Snapshot(1, 1, 1, {Request.of("predictions", part="", turn=0): found}, 0.0))
    panel._rested = 0.0
    panel.on_tick()
    np.testing.assert_array_equal(panel.grid.order, before)
    assert panel.cards is not None
    assert panel.cases is found
    panel.grid.inside = False
    panel.draw()
    np.testing.assert_array_equal(panel.grid.order, ranked(found, Wish()))


def test_while_training_it_is_judged_about_once_a_second(panel: PredictionsPanel, context: AppContext,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    look(panel, iris())
    assert panel.requests()
    monkeypatch.setattr(context.trainer, "state", "running")
    waited = 0
    while not panel.due():
        panel.on_tick()
        waited += 1
    assert waited == REST - 1


def test_only_cards_in_sight_are_painted(panel: PredictionsPanel) -> None:
    session = Session(load("digits-mlp"))
    panel.wishes.part = "train"
    look(panel, session)
    assert len(panel.grid.order) == len(session.parts.train)
    assert len(panel.grid.seen()) < 40
    panel.grid.verticalScrollBar().setValue(panel.grid.verticalScrollBar().maximum())
    assert panel.grid.seen().stop == len(panel.grid.order)


@pytest.mark.parametrize(("example", "kind"), [
    ("digits-mlp", PictureCards), ("autoencoder", PairCards), ("diabetes", RowCards), ("sentences", RowCards)])
def test_cards_suit_the_samples(panel: PredictionsPanel, example: str, kind: type) -> None:
    look(panel, Session(load(example)))
    assert isinstance(panel.cards, kind)
    panel.grid.viewport().grab()
    click(panel, 0, twice=True)
    look(panel, Session(load(example)))
    panel.large.grab()
    assert panel.sheet.closely


def test_a_picture_stands_above_what_is_given_back(panel: PredictionsPanel) -> None:
    session = Session(load("autoencoder"))
    look(panel, session)
    place, part = int(panel.grid.order[0]), session.parts.validation
    panel.difference.click()
    assert isinstance(panel.cards, PairCards)
    assert panel.cards.rows == 3
    given = session.network.predict(part.x[place : place + 1])[0].reshape(8, 8)
    for row, pixels in ((0, part.x[place].reshape(8, 8)), (1, given)):
        image = panel.cards.shown(row, place)
        shown_pixels = [[image.pixelColor(x, y).red() for x in range(8)] for y in range(8)]
        np.testing.assert_allclose(shown_pixels, 255 * pixels, atol=0.51)


def test_generated_points_lie_over_real_ones(panel: PredictionsPanel) -> None:
    session = Session(load("gan"))
    look(panel, session)
    assert panel.board.drawing is panel.board.view
    x, y = panel.cloud.made.getData()
    found = session.network.predict(np.zeros((len(x), 2), np.float32), "made")
    np.testing.assert_array_equal(np.column_stack([x, y]), found)
    panel.noise.click()
    look(panel, session)
    assert not np.array_equal(panel.cloud.made.getData()[0], x)


def test_pointing_at_a_card_tells_about_the_sample(panel: PredictionsPanel) -> None:
    look(panel, iris())
    QTest.mouseMove(panel.grid.viewport(), panel.grid.area_of(0).center())
    panel.grid._point(panel.grid.area_of(0).center())
    number = int(cases(panel).numbers[panel.grid.order[0]]) + 1
    assert panel.sheet.line.text.startswith(f"No. {number}: ")
    panel.grid._point(QPoint(-5, -5))
    assert panel.sheet.line.text == f"Validation, {len(cases(panel))} samples"


def test_colours_follow_the_theme(panel: PredictionsPanel) -> None:
    session = Session(load("digits-mlp"))
    look(panel, session)
    panel.context.theme.changed.emit(panel.tokens)
    assert cards_for(cases(panel), panel.tokens).tokens is panel.cards.tokens  # type: ignore[union-attr]


def test_at_the_window_the_worst_digits_are_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.start("example:digits-mlp")
    window.docks.show("predictions")
    panel = window.docks.panels["predictions"]
    assert isinstance(panel, PredictionsPanel)
    qtbot.waitUntil(lambda: panel.cases is not None and len(panel.grid.order) > 0, timeout=15_000)
    assert cases(panel).part == "validation"


def test_the_frame_is_painted_around_the_sample_that_is_followed(panel: PredictionsPanel) -> None:
    look(panel, Session(load("digits-mlp")))
    before = panel.grid.viewport().grab().toImage()
    click(panel, 2)
    after = panel.grid.viewport().grab().toImage()
    area = panel.grid.area_of(2)
    edge = QPoint(area.left() - 2, area.center().y())
    assert before.pixelColor(edge) != after.pixelColor(edge)
    assert after.pixelColor(edge).name() == panel.tokens.accent_ink


def test_what_was_offered_for_generated_samples_goes_with_the_network(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("predictions")
    window.files.open_example("gan")
    panel = window.panels["predictions"]
    assert isinstance(panel, PredictionsPanel)
    qtbot.waitUntil(lambda: window.frame() or not panel.noise.isHidden(), timeout=20_000)
    window.context.history.mark_saved()
    window.files.new()
    assert panel.noise.isHidden()
