"""A first network fits its data, whatever they are."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS
from core.errors import CoreError, GraphError
from core.graph import edits
from core.graph.check import check
from core.graph.first import first_network
from core.graph.sourcing import choose_source
from core.io import documents
from core.params import Kind
from core.train.series import EPOCHS
from core.train.session import Session
from tests.core._build import xor
from tests.core.datasets._files import FILES
from tests.core.train._drive import run

QUICK = ["xor", "parity", "moons", "rings", "blobs", "iris", "wine", "breast_cancer", "diabetes", "sine", "digits",
         "regression_plane"]
# Files that are not on this machine.
ABSENT = "data.missing"


def document(kind, tmp_path, **params):
    given = FILES[kind](tmp_path) if kind in FILES else params
    return choose_source(edits.empty(), Kind(kind, DATASETS[kind](**given).config()))


def described(doc):
    return check(doc).spec is not None


def kinds(doc):
    return sorted(node.kind for node in doc.nodes.values())


@pytest.mark.parametrize("kind", DATASETS)
def test_for_all_data_that_can_be_described_it_has_no_problems(kind, tmp_path):
    doc = document(kind, tmp_path)
    if not described(doc):
        with pytest.raises(CoreError):
            first_network(doc)
        return
    made = first_network(doc)
    assert [problem for problem in check(made).problems if problem.code != ABSENT] == []
    assert documents.loads(documents.dumps(made)) == made


@pytest.mark.parametrize("kind", ["mnist", "fashion_mnist"])
def test_pictures_that_are_not_flat_get_convolutions(kind, tmp_path):
    made = first_network(document(kind, tmp_path, flatten=False))
    assert [problem for problem in check(made).problems if problem.code != ABSENT] == []
    assert kinds(made).count("conv2d") == kinds(made).count("max_pool2d") > 1


def test_a_plane_gets_two_layers_of_eight(tmp_path):
    made = first_network(document("spiral", tmp_path))
    assert [made.nodes[name].params["units"] for name in ("dense", "dense_2", "dense_3")] == [8, 8, 1]
    assert made.data["steps"] == ()
    assert made.data["validation"] == 0.2


def test_few_samples_are_all_learned_from_at_once(tmp_path):
    made = first_network(document("xor", tmp_path))
    assert made.data["validation"] == 0.0
    assert made.training["batch_size"] == 0


def test_three_classes_end_in_a_softmax_and_numbers_in_none(tmp_path):
    flowers = first_network(document("iris", tmp_path))
    assert flowers.nodes["output"].params["loss"].kind == "sparse_categorical_crossentropy"
    assert "softmax" in kinds(flowers)
    assert [step.kind for step in flowers.data["steps"]] == ["standardise"]
    assert first_network(document("diabetes", tmp_path)).nodes["output"].params["loss"].kind == "mse"


def test_words_are_embedded_and_series_remembered(tmp_path):
    assert {"embedding", "gru"} <= set(kinds(first_network(document("brackets", tmp_path))))
    assert "lstm" in kinds(first_network(document("adding", tmp_path)))


def test_a_network_that_is_there_is_left_alone():
    with pytest.raises(GraphError, match="network already"):
        first_network(xor())


def test_cards_do_not_overlap_and_come_one_after_the_other(tmp_path):
    made = first_network(document("spiral", tmp_path))
    places = [node.position for node in made.nodes.values()]
    assert len(set(places)) == len(places)
    for a in places:
        for b in places:
            assert a == b or abs(a[0] - b[0]) >= 200 or abs(a[1] - b[1]) >= 100


@pytest.mark.parametrize("kind", QUICK)
def test_it_learns_more_than_chance(kind, tmp_path):
    made = first_network(document(kind, tmp_path))
    epochs = min(made.training["epochs"], 40 if made.training["batch_size"] else 1000)
    session, _ = run(Session(edits.set_training(made, {"epochs": epochs})))
    rows = session.series.since(0)
    spec = check(made).spec
    part = "validation_score" if made.data["validation"] else "score"
    if spec.classification:
        counts = np.bincount(session.parts.train.y)
        chance = counts.max() / counts.sum()
        assert rows[-1, EPOCHS.index(part)] > chance + 0.2 * (1 - chance)
    else:
        loss = "validation_loss" if made.data["validation"] else "loss"
        watched = session.parts.validation.y if made.data["validation"] else session.parts.train.y
        assert rows[-1, EPOCHS.index(loss)] < 0.9 * float(np.var(watched))


def test_series_from_a_file_are_scaled_and_series_made_for_learning_are_not(tmp_path):
    steps = {kind: [step.kind for step in first_network(document(kind, tmp_path)).data["steps"]]
             for kind in ("time_series", "adding")}
    assert steps == {"time_series": ["standardise", "scale_target"], "adding": ["scale_target"]}


def test_a_first_network_goes_back_to_its_best_weights_unless_the_boundary_is_watched(tmp_path):
    assert first_network(document("iris", tmp_path)).training["restore_best"]
    assert not first_network(document("moons", tmp_path)).training["restore_best"]


def test_photographs_are_averaged_over_their_places(tmp_path):
    made = first_network(document("image_folder", tmp_path))
    assert "global_average_pool2d" in kinds(made)
    assert "flatten" not in kinds(made)
