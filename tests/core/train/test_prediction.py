"""What a network says about samples that are not part of its data."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import typed
from core.errors import DataError
from core.train.prediction import Prediction, predict
from core.train.probes import NotApplicable, answer
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

FLOWER = {"sepal length (cm)": 5.1, "sepal width (cm)": 3.5, "petal length (cm)": 1.4, "petal width (cm)": 0.2}


def iris(**data) -> Session:
    return Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", data=data))


def one(made: Session, values) -> Prediction:
    return predict(made, typed(values, made.parts.chain.inputs))


def test_the_prediction_for_samples_of_the_data_is_that_of_the_network() -> None:
    made = iris(steps=["standardise"], validation=0.2)
    found = predict(made, made.parts.raw[1])
    np.testing.assert_array_equal(found.values, made.network.predict(made.parts.validation.x))
    assert found.best.tolist() == found.values.argmax(1).tolist()
    assert (found.kind, found.names, found.probabilities) == ("classes", ("setosa", "versicolor", "virginica"), True)


def test_a_row_of_typed_values_goes_through_the_same_steps_as_the_data() -> None:
    made = iris(steps=["standardise"], roles={"sepal width (cm)": "ignore"})
    found = one(made, FLOWER)
    raw = np.concatenate([column.values[:1] for column in made.parts.raw[0]])
    assert raw.tolist() == pytest.approx([5.1, 1.4, 0.2])
    np.testing.assert_allclose(found.values[0], made.network.predict(made.parts.train.x[:1])[0], rtol=1e-6)


def test_an_array_is_given_by_its_bytes() -> None:
    made = Session(chain(dense(10), "softmax", loss="sparse_categorical_crossentropy", source="digits"))
    picture = made.parts.train.x[7]
    found = answer(made, Request.of("prediction", row=(("x", picture.tobytes()),)))
    np.testing.assert_allclose(found.values[0], made.network.predict(picture[None])[0], rtol=1e-6)


def test_two_classes_from_one_number_have_both_their_shares() -> None:
    made = Session(chain(dense(1), "sigmoid", loss="binary_crossentropy", source="xor"))
    found = answer(made, Request.of("prediction", row=(("x", np.array([0, 1], np.float32).tobytes()),)))
    assert found.names == ("0", "1")
    assert found.values.sum() == pytest.approx(1.0)
    assert found.best[0] == (found.values[0, 1] > 0.5)


def test_a_value_that_is_missing_is_asked_for() -> None:
    made = iris(roles={"sepal width (cm)": "ignore"})
    with pytest.raises(DataError, match="A value is missing"):
        one(made, FLOWER | {"petal width (cm)": ""})
    answered = answer(made, Request.of("prediction", row=()))
    assert isinstance(answered, NotApplicable)
    assert "missing" in answered.reason


def test_a_network_that_gives_its_input_back_shows_what_it_gives() -> None:
    made = Session(chain(dense(2), "tanh", dense(4), source="iris", rule="autoencoder"))
    found = one(made, {"x": np.arange(4, dtype=np.float32)})
    assert (found.kind, found.shape, found.best) == ("values", (4,), None)
