"""The embedding panel shows the outputs of a layer as points."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.io.examples import load
from core.statistics import tsne
from core.train.probes.embedding import Embedding
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.embedding import EmbeddingPanel
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown
from tests.gui.panels.test_predictions import choose


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> EmbeddingPanel:
    return shown(qtbot, EmbeddingPanel, context, 440, 360)


def iris() -> Session:
    return Session(chain(dense(6), "tanh", dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                         data={"validation": 0.2}))


def drawn(panel: EmbeddingPanel) -> np.ndarray:
    return np.column_stack(panel.dots.getData())


def answered(panel: EmbeddingPanel) -> Embedding:
    found = panel.found
    assert isinstance(found, Embedding)
    return found


def test_hidden_it_asks_for_nothing(panel: EmbeddingPanel) -> None:
    assert panel.requests() == (Request.of("embedding", node="", part=""),)
    panel.hide()
    assert panel.requests() == ()


def test_the_points_are_the_outputs_on_their_principal_components(panel: EmbeddingPanel) -> None:
    from sklearn.decomposition import PCA

    session = iris()
    look(panel, session)
    outputs = session.network.predict(session.parts.validation.x, "tanh").astype(float)
    peer = PCA(2, svd_solver="full").fit(outputs)
    np.testing.assert_allclose(np.abs(drawn(panel)), np.abs(peer.transform(outputs)), atol=1e-6)
    assert panel.bottom.labelText == f"1st component, {100 * peer.explained_variance_ratio_[0]:.0f} %"


def test_misclassified_samples_are_ringed(panel: EmbeddingPanel) -> None:
    session = iris()
    look(panel, session)
    part = session.parts.validation
    wrong = session.network.predict(part.x).argmax(axis=1) != part.y
    np.testing.assert_array_equal(np.column_stack(panel.rings.getData()), drawn(panel)[wrong])


def test_another_layer_and_another_part_are_asked_for(panel: EmbeddingPanel) -> None:
    look(panel, iris())
    choose(panel.ways.layer, "dense")
    choose(panel.ways.how, "Training")
    assert panel.requests() == (Request.of("embedding", node="dense", part="train"),)


def test_classes_are_hidden_and_shown_again(panel: EmbeddingPanel) -> None:
    look(panel, iris())
    found = answered(panel)
    choose(panel.ways.classes, "versicolor")
    assert len(drawn(panel)) == (found.truth != 1).sum()
    choose(panel.ways.classes, "All classes")
    assert len(drawn(panel)) == len(found.numbers)


def test_a_click_follows_the_sample_under_the_pointer(panel: EmbeddingPanel, context: AppContext) -> None:
    look(panel, iris())
    place = panel.plot.vb.mapViewToScene(QPointF(*drawn(panel)[5]))
    row = panel._row_at(place)
    assert row is not None
    QTest.mouseClick(panel.board.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.board.view.mapFromScene(place))
    assert context.sample == SampleRef("validation", int(answered(panel).numbers[row]))
    np.testing.assert_array_equal(np.column_stack(panel.traced.getData())[0], drawn(panel)[row])


def test_the_picture_under_the_pointer_is_shown(panel: EmbeddingPanel) -> None:
    session = Session(load("digits-mlp"))
    look(panel, session)
    place = panel.plot.vb.mapViewToScene(QPointF(*drawn(panel)[0]))
    panel.point(place)
    row = panel._row_at(place)
    assert row is not None
    assert panel.thumb.isVisible()
    pixels = answered(panel).gallery.pictures
    assert pixels is not None
    assert panel.thumb.image.pixelColor(3, 2).red() == round(255 * float(pixels[row][2, 3]))
    panel.point(None)
    assert not panel.thumb.isVisible()


def test_numbers_to_predict_colour_the_points(panel: EmbeddingPanel) -> None:
    session = Session(load("diabetes"))
    look(panel, session)
    assert not panel.ways.classes.isVisible()
    np.testing.assert_array_equal(answered(panel).truth, session.parts.own(session.parts.validation.y)[:, 0])


def test_tsne_ends_where_it_ends_by_itself(qtbot: QtBot, panel: EmbeddingPanel) -> None:
    session = iris()
    look(panel, session)
    choose(panel.ways.how, "t-SNE")
    assert panel.requests() == (Request.of("embedding", node="", part="", outputs=True),)
    look(panel, session)
    assert panel.requests() == ()
    job = panel.job
    assert job is not None
    qtbot.waitUntil(lambda: not job.busy, timeout=20_000)
    panel.on_tick()
    outputs = session.network.predict(session.parts.validation.x, "tanh")
    *_, last = tsne(outputs, 30.0)
    np.testing.assert_array_equal(drawn(panel), last.places)
    assert panel.caption.readings[0].value == f"{last.divergence:.3f}"
    assert panel.bottom.labelText == ""
    assert not panel.again.isHidden()


def test_tsne_is_stopped_and_begun_again(qtbot: QtBot, panel: EmbeddingPanel) -> None:
    session = Session(load("digits-mlp"))
    panel.ways.part = "train"
    choose(panel.ways.how, "t-SNE")
    look(panel, session)
    job = panel.job
    assert job is not None
    panel.stop.click()
    assert not job.busy
    assert not panel.context.desk.busy
    panel.again.click()
    look(panel, session)
    assert panel.job is not None
    assert panel.job is not job
    panel.stop.click()


def test_back_at_pca_the_present_is_shown(panel: EmbeddingPanel) -> None:
    session = iris()
    look(panel, session)
    choose(panel.ways.how, "t-SNE")
    look(panel, session)
    choose(panel.ways.how, "PCA")
    look(panel, session)
    np.testing.assert_array_equal(drawn(panel), answered(panel).places)
    assert panel.bottom.labelText.startswith("1st component")


def test_the_table_has_a_row_for_every_point_in_sight(panel: EmbeddingPanel) -> None:
    look(panel, iris())
    choose(panel.ways.classes, "setosa")
    export = panel.exports()
    assert export is not None
    names, rows = export.table()
    assert names == ["sample", "truth", "x", "y"]
    assert len(rows) == len(drawn(panel))
    assert {row[1] for row in rows} == {"versicolor", "virginica"}


def test_every_point_is_in_sight(panel: EmbeddingPanel) -> None:
    for example in ("diabetes", "digits-mlp", "autoencoder"):
        look(panel, Session(load(example)))
        (left, right), (low, high) = panel.plot.vb.viewRange()
        x, y = drawn(panel).T
        assert left < x.min() < x.max() < right
        assert low < y.min() < y.max() < high
