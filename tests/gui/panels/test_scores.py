"""The scores panel draws what scikit-learn says."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
)

from core.train.references import Chosen
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.scores import WORDS, ScoresPanel
from gui.plots import numbers
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown

SPLIT = {"validation": 0.2, "test": 0.2}


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ScoresPanel:
    return shown(qtbot, ScoresPanel, context)


def iris() -> Session:
    return Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", data=SPLIT))


def spiral() -> Session:
    return Session(chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source="spiral",
                         data=SPLIT))


def diabetes() -> Session:
    return Session(chain(dense(1), source="diabetes", data=SPLIT))


def seen(panel: ScoresPanel, session: Session, view: str) -> None:
    """Choose a view, and look."""
    panel.view = view
    panel.again()
    look(panel, session)
    assert panel.answer.view == view


def cells(panel: ScoresPanel) -> list[list[str]]:
    """What the table says."""
    model = panel.table.classes
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def at(panel: ScoresPanel, x: float, y: float) -> None:
    """Move the pointer to a place of the plot."""
    QApplication.processEvents()
    panel.board.hovered.emit(panel.stage.plot.vb.mapViewToScene(QPointF(x, y)))


def test_the_table_holds_the_numbers_of_scikit_learn(panel: ScoresPanel) -> None:
    session = iris()
    seen(panel, session, "table")
    truth, said = session.parts.validation.y, session.network.predict(session.parts.validation.x).argmax(axis=1)
    each = precision_recall_fscore_support(truth, said, labels=range(3), zero_division=0)
    lines = cells(panel)
    for place, name in enumerate(session.parts.spec.classes):
        assert lines[3 + place] == [name, *(f"{column[place]:.3f}" for column in each[:3]), str(each[3][place])]
    macro = precision_recall_fscore_support(truth, said, average="macro", zero_division=0)
    assert lines[1] == ["Macro average", *(f"{value:.3f}" for value in macro[:3]), "30"]
    assert lines[0] == ["Accuracy", "", "", f"{(truth == said).mean():.3f}", "30"]


def test_a_click_on_a_head_sorts_the_classes_and_leaves_the_sums_on_top(panel: ScoresPanel) -> None:
    session = iris()
    seen(panel, session, "table")
    before = cells(panel)
    heads = panel.table.horizontalHeader()

    def click() -> None:
        x = heads.sectionViewportPosition(3) + heads.sectionSize(3) // 2
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, heads.height() // 2))

    click()
    assert [line[3] for line in cells(panel)[3:]] == sorted((line[3] for line in before[3:]), reverse=True)
    assert cells(panel)[:3] == before[:3]
    click()
    assert [line[3] for line in cells(panel)[3:]] == sorted(line[3] for line in before[3:])
    click()
    assert cells(panel) == before


def test_a_class_of_the_table_opens_its_samples(panel: ScoresPanel, context: AppContext) -> None:
    seen(panel, iris(), "table")
    wanted: list[object] = []
    context.samples_wanted.connect(wanted.append)
    panel.table.setCurrentIndex(panel.table.classes.index(4, 0))
    panel.table.activated.emit(panel.table.currentIndex())
    assert wanted == [Chosen("validation", truth=1)]
    panel.table.activated.emit(panel.table.classes.index(0, 0))
    assert len(wanted) == 1


def test_the_roc_curves_end_at_their_areas(panel: ScoresPanel) -> None:
    session = iris()
    seen(panel, session, "roc")
    truth, score = session.parts.validation.y, session.network.predict(session.parts.validation.x)
    areas = [roc_auc_score(truth == number, score[:, number]) for number in range(3)]
    assert [entry.value for entry in panel.stage.legend.entries] == [numbers.fixed(area, 3) for area in areas]
    assert [entry.name for entry in panel.stage.legend.entries] == list(session.parts.spec.classes)
    at(panel, -5, -5)
    assert panel.stage.caption.readings[0].value == numbers.fixed(float(np.mean(areas)), 4)


def test_the_line_that_is_drawn_is_the_curve(panel: ScoresPanel) -> None:
    session = spiral()
    seen(panel, session, "roc")
    (curve,) = panel.answer.shown.curves
    view = panel.views["roc"]
    x, y = view.lines[0].getData()
    np.testing.assert_array_equal(x, curve.x)
    np.testing.assert_array_equal(y, curve.y)
    assert [line.isVisible() for line in view.lines] == [True] + [False] * 9
    spots = view.halves.getData()
    assert (spots[0][0], spots[1][0]) == (curve.x[curve.half], curve.y[curve.half])


def test_the_pointer_reads_the_threshold_and_both_rates(panel: ScoresPanel) -> None:
    session = spiral()
    seen(panel, session, "roc")
    (curve,) = panel.answer.shown.curves
    corner = len(curve.x) // 2
    at(panel, curve.x[corner], curve.y[corner])
    truth = session.parts.validation.y == 1
    found = session.network.predict(session.parts.validation.x)[:, 0] >= curve.thresholds[corner]
    assert [reading.value for reading in panel.stage.caption.readings] == [
        f"≥ {curve.thresholds[corner]:.3f}", numbers.share((found & ~truth).sum() / (~truth).sum()),
        numbers.share((found & truth).sum() / truth.sum())]


def test_precision_and_recall_come_with_the_share_of_the_class(panel: ScoresPanel) -> None:
    session = spiral()
    seen(panel, session, "precision_recall")
    truth = session.parts.validation.y
    score = session.network.predict(session.parts.validation.x)[:, 0]
    assert panel.stage.legend.entries[0].value == numbers.fixed(average_precision_score(truth, score), 3)
    assert panel.views["precision_recall"].chance.getData()[1].tolist() == [truth.mean()] * 2


def test_calibration_draws_the_bins_of_scikit_learn(panel: ScoresPanel) -> None:
    session = spiral()
    seen(panel, session, "calibration")
    truth = session.parts.validation.y
    score = session.network.predict(session.parts.validation.x)[:, 0]
    true, sure = calibration_curve(truth, score, n_bins=10)
    x, y = panel.views["calibration"].dots.getData()
    np.testing.assert_allclose(x, sure)
    np.testing.assert_allclose(y, true)
    at(panel, float(sure[0]), 0.5)
    assert panel.stage.caption.readings[1].value == numbers.share(float(true[0]))


def test_numbers_are_judged_in_the_unit_of_the_data(panel: ScoresPanel) -> None:
    session = diabetes()
    seen(panel, session, "predicted")
    truth = session.parts.own(session.parts.validation.y)[:, 0].astype(float)
    said = session.parts.own(session.network.predict(session.parts.validation.x))[:, 0].astype(float)
    values = [reading.value for reading in panel.stage.caption.readings]
    assert values[:2] == [numbers.fixed(r2_score(truth, said), 3), numbers.measured(mean_absolute_error(truth, said))]
    x, y = panel.views["predicted"].dots.getData()
    np.testing.assert_allclose(x, truth, rtol=1e-5)
    np.testing.assert_allclose(y, said, rtol=1e-5)
    assert panel.look.words == ["Predicted", "Residuals", "Histogram"]


def test_residuals_are_truth_less_prediction(panel: ScoresPanel) -> None:
    session = diabetes()
    seen(panel, session, "residuals")
    truth = session.parts.own(session.parts.validation.y)[:, 0].astype(float)
    said = session.parts.own(session.network.predict(session.parts.validation.x))[:, 0].astype(float)
    x, y = panel.views["residuals"].dots.getData()
    np.testing.assert_allclose(x, said, rtol=1e-5)
    np.testing.assert_allclose(y, truth - said, rtol=1e-4, atol=1e-3)
    seen(panel, session, "histogram")
    bars = panel.views["histogram"].bars.opts
    counts, _ = np.histogram(truth - said, 25, (-np.abs(truth - said).max(), np.abs(truth - said).max()))
    np.testing.assert_array_equal(bars["height"], counts)


def test_only_the_items_of_the_present_view_are_seen(panel: ScoresPanel) -> None:
    session = spiral()
    for view in ("roc", "calibration", "precision_recall", "table", "roc"):
        seen(panel, session, view)
        assert panel.board.drawing is (panel.table if view == "table" else panel.board.view)
        for name, one in panel.views.items():
            assert any(item.isVisible() for item in one.items) == (name == view)


def test_choices_ask_anew_at_once(panel: ScoresPanel) -> None:
    look(panel, iris())
    assert panel.requests() == ()
    panel.look.choose("ROC")
    assert panel.requests() == (Request.of("scores", part="", view="roc", target=0),)
    panel.pick.list.actions()[2].trigger()
    assert panel.requests() == (Request.of("scores", part="test", view="roc", target=0),)


def test_hidden_it_asks_for_nothing(panel: ScoresPanel) -> None:
    panel.hide()
    assert panel.requests() == ()


def test_what_cannot_be_judged_says_why(panel: ScoresPanel) -> None:
    look(panel, Session(chain(dense(4), source="iris", rule="autoencoder")))
    assert panel.board.empty
    assert "input back" in panel.board.message.text()
    assert not panel.strip.isVisible()
    assert panel.exports() is None


def test_without_probabilities_calibration_says_what_to_do_and_other_views_stay(panel: ScoresPanel) -> None:
    session = Session(chain(dense(3), loss="mse", source="iris"))
    seen(panel, session, "calibration")
    assert "Softmax" in panel.board.message.text()
    assert panel.strip.isVisible()
    panel.look.choose("ROC")
    look(panel, session)
    assert not panel.board.empty


def test_the_colours_follow_the_theme(panel: ScoresPanel, context: AppContext) -> None:
    seen(panel, iris(), "roc")
    table = panel.exports().table()
    context.theme.set_mode("dark")
    try:
        assert panel.stage.tokens is context.theme.tokens
        assert panel.exports().table() == table
    finally:
        context.theme.set_mode("light")


@pytest.mark.parametrize("view", list(WORDS)[:4])
def test_a_narrow_panel_stays_narrow(panel: ScoresPanel, view: str) -> None:
    seen(panel, iris(), view)
    panel.resize(195, 215)
    QApplication.processEvents()
    assert panel.width() == 195
