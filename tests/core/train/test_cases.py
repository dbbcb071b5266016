"""What is said of single samples is what the engine says."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import Samples
from core.graph.document import Document
from core.io.examples import load
from core.losses import LOSSES
from core.losses._base import LossFrame
from core.train.cases import Cases, Wish, ranked
from core.train.gallery import gallery
from core.train.generating import Generated
from core.train.probes import NotApplicable, answer
from core.train.probes.case import Case
from core.train.probes.embedding import Embedding
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.train._drive import run


def iris(**data: float) -> Document:
    return chain(dense(8), "tanh", dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                 data={"validation": 0.2, **data}, epochs=3)


def asked(session: Session, **arguments: object) -> Cases:
    found = answer(session, Request.of("predictions", **arguments))
    assert isinstance(found, Cases)
    return found


def samples(session: Session, part: str) -> Samples:
    found: Samples = getattr(session.parts, part)
    return found


@pytest.mark.parametrize("kind", sorted(LOSSES))
def test_the_losses_of_single_samples_have_the_loss_of_all_as_their_mean(kind: str) -> None:
    rng, loss = np.random.default_rng(2), LOSSES[kind]()
    p = rng.dirichlet(np.ones(4), 9)
    t = rng.integers(0, 4, 9) if loss.encoding == "label" else rng.dirichlet(np.ones(4), 9)
    for z in (None, rng.normal(size=(9, 4))) if loss.activation else (None,):
        frame = LossFrame(p, z, t, np.empty(0), lambda shape, dtype=None, **_: np.empty(shape, dtype or p.dtype))
        value, _, each = loss.bind(frame)
        assert each().mean() == pytest.approx(value(), rel=1e-9)


def test_losses_are_the_logarithms_of_what_was_said_of_the_truth() -> None:
    session, _ = run(Session(iris(), dtype=np.float64))
    found, part = asked(session, part="validation"), samples(session, "validation")
    p = session.network.predict(part.x)
    np.testing.assert_allclose(found.losses, -np.log(p[np.arange(len(p)), part.y]), rtol=1e-12)
    np.testing.assert_array_equal(found.said, p.argmax(axis=1))
    np.testing.assert_array_equal(found.truth, part.y)
    np.testing.assert_allclose(found.sure, p.max(axis=1), rtol=1e-6)
    np.testing.assert_array_equal(found.right, p.argmax(axis=1) == part.y)
    assert found.mean == pytest.approx(session.network.evaluate(part, session.network.targets(part.y))[0])


def test_the_validation_part_is_judged_first_and_any_other_when_asked() -> None:
    session = Session(iris(test=0.1))
    assert asked(session).part == "validation"
    assert asked(session).parts == ("train", "validation", "test")
    assert asked(session, part="test").part == "test"
    assert asked(Session(iris(validation=0.0)), part="validation").part == "train"


def test_while_the_weights_stay_nothing_is_judged_again() -> None:
    session = Session(iris())
    first = asked(session)
    assert asked(session) is first
    session.network.weights.flat[0] += 0.1
    assert asked(session) is not first


def test_samples_stand_in_the_wanted_order() -> None:
    found = asked(run(iris())[0], part="train")
    assert (np.diff(found.losses[ranked(found, Wish("worst"))]) <= 0).all()
    assert (np.diff(found.losses[ranked(found, Wish("best"))]) >= 0).all()
    assert found.sure is not None
    assert (np.diff(found.sure[ranked(found, Wish("unsure"))]) >= 0).all()
    np.testing.assert_array_equal(ranked(found, Wish("order")), np.arange(len(found)))


def test_samples_are_chosen_by_class_and_by_error() -> None:
    found = asked(run(iris())[0], part="train")
    chosen = ranked(found, Wish("order", truth=1, predicted=2))
    np.testing.assert_array_equal(chosen, np.flatnonzero((found.truth == 1) & (found.said == 2)))
    wrong = ranked(found, Wish("order", errors=True))
    np.testing.assert_array_equal(wrong, np.flatnonzero(found.truth != found.said))


def test_a_loss_that_is_no_number_is_the_worst() -> None:
    session = Session(iris())
    found = asked(session, part="train")
    found.losses[7] = np.nan
    assert ranked(found, Wish())[0] == 7


def test_predicted_numbers_are_in_the_units_of_the_data() -> None:
    session = Session(load("diabetes"))
    found, part = asked(session), samples(session, "validation")
    np.testing.assert_array_equal(found.said, session.parts.own(session.network.predict(part.x)))
    np.testing.assert_array_equal(found.truth, session.parts.own(part.y))
    gap = (session.network.predict(part.x) - part.y)[:, 0].astype(np.float64)
    np.testing.assert_allclose(found.losses, gap**2, rtol=1e-5)


def test_what_is_given_back_stands_below_the_picture() -> None:
    session = Session(load("autoencoder"))
    found, part = asked(session), samples(session, "validation")
    assert found.pictures is not None
    np.testing.assert_array_equal(found.pictures[0], part.x.reshape(-1, 8, 8))
    np.testing.assert_array_equal(found.pictures[1], session.network.predict(part.x).reshape(-1, 8, 8))
    assert found.right is None


def test_generated_samples_are_what_the_generator_gives() -> None:
    session = Session(load("gan"))
    found = answer(session, Request.of("predictions"))
    assert isinstance(found, Generated)
    x = np.zeros((len(found.values), 2), np.float32)
    np.testing.assert_array_equal(found.values, session.network.predict(x, "made"))
    judged = session.network.predict(found.values)
    np.testing.assert_allclose(found.taken, judged[:, 0], rtol=1e-5)
    other = answer(session, Request.of("predictions", turn=1))
    assert not np.array_equal(other.values, found.values)
    np.testing.assert_array_equal(answer(session, Request.of("predictions", turn=0)).values, found.values)


def test_a_sample_looked_at_alone_has_the_same_loss() -> None:
    session = Session(iris())
    found = asked(session)
    case = answer(session, Request.of("case", part="validation", number=4))
    assert isinstance(case, Case)
    assert case.loss == pytest.approx(found.losses[4], rel=1e-6)
    assert case.prediction.values[0].argmax() == found.said[4]


def test_rows_show_the_columns_that_tell_most_first() -> None:
    session = Session(load("iris"))
    found = asked(session, part="train")
    names = [name for name, _ in found.gallery.row(0)]
    assert set(names[:2]) == {"petal width (cm)", "petal length (cm)"}


@pytest.mark.parametrize("source", ["spiral", "circle", "xor"])
def test_two_columns_keep_their_order(source: str) -> None:
    session = Session(chain(dense(2), "softmax", loss="categorical_crossentropy", source=source))
    assert [name for name, _ in gallery(session, "train").row(0)] == ["x1", "x2"]


def test_texts_are_shown_as_texts() -> None:
    found = asked(Session(load("sentences")))
    assert found.gallery.look == "texts"
    assert " " in found.gallery.text(0)


def test_numbers_of_words_are_shown_as_these_words_without_their_padding() -> None:
    session = Session(load("brackets-lstm"))
    found, spec = asked(session), session.parts.spec
    for number in range(20):
        tokens = session.parts.validation.x[number].astype(int)
        assert found.gallery.text(number) == " ".join(spec.words[token] for token in tokens[tokens > 0])
    assert set(found.gallery.text(0)) <= set("()[] ")


def test_an_embedding_shows_the_outputs_of_the_layer() -> None:
    from sklearn.decomposition import PCA

    session = Session(iris())
    found = answer(session, Request.of("embedding", part="train", outputs=True))
    assert isinstance(found, Embedding)
    assert found.node == "tanh"
    outputs = session.network.predict(session.parts.train.x, "tanh")
    np.testing.assert_array_equal(found.outputs, outputs)
    peer = PCA(2, svd_solver="full").fit(outputs.astype(float))
    np.testing.assert_allclose(np.abs(found.places), np.abs(peer.transform(outputs)), atol=1e-5)
    np.testing.assert_allclose(found.shares, peer.explained_variance_ratio_, rtol=1e-6)
    guessed = session.network.predict(session.parts.train.x).argmax(axis=1)
    np.testing.assert_array_equal(found.wrong, guessed != session.parts.train.y)


def test_an_autoencoder_is_looked_at_where_it_is_narrowest() -> None:
    assert answer(Session(load("autoencoder")), Request.of("embedding")).node == "code"


def test_a_picture_does_not_flip_from_one_look_to_the_next() -> None:
    session = Session(iris())
    before = answer(session, Request.of("embedding")).places
    session.cache[("embedding", "tanh", "validation")] = -before
    np.testing.assert_array_equal(answer(session, Request.of("embedding")).places, -before)


def test_outputs_that_are_no_numbers_are_told() -> None:
    session = Session(iris())
    session.network.weights.flat[:] = np.nan
    assert isinstance(answer(session, Request.of("embedding")), NotApplicable)
