"""What a training takes is known before it is taken."""
from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from core.datasets import DATASETS
from core.engine import counting, memory
from core.engine.counting import count_weights
from core.engine.memory import enough_memory, estimate, room_to_work
from core.engine.network import Network
from core.errors import GraphError
from core.graph.check import check
from core.layers import LAYERS
from core.train.session import Session
from tests.core._build import chain, dense, xor
from tests.core.layers._bench import cases, name_of

GB = 10**9
DIGITS = {"loss": "sparse_categorical_crossentropy", "source": "digits"}
ABSURD = chain(dense(65_536), "relu", dense(65_536), "relu", dense(1), batch_size=1_000_000)


def problem(doc, free=GB):
    report = check(doc)
    assert report.ok, report.problems
    return enough_memory(doc, report, free=free)


def need(doc):
    return estimate(doc, check(doc))


def test_an_absurd_network_is_refused_with_the_layer_to_blame_and_without_taking_memory():
    tracemalloc.start()
    found = problem(ABSURD)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2e6
    assert found.message == "Training needs at least 51.6 GB of memory, but only 1 GB are free."
    assert found.hint == "Make dense_2 smaller: all weights together take 51.5 GB."
    assert found.node == "dense_2"
    assert found.blocks


def test_weights_count_with_their_gradients_a_copy_and_what_the_optimizer_remembers():
    weights = 2 * 1000 + 1000 + 1000 + 1
    assert need(chain(dense(1000), dense(1), optimizer="sgd")).weights == 3 * 4 * weights
    assert need(chain(dense(1000), dense(1), optimizer="momentum")).weights == 4 * 4 * weights
    assert need(chain(dense(1000), dense(1), optimizer="adam")).weights == 5 * 4 * weights


def test_a_large_batch_is_refused_with_the_widest_layer():
    doc = chain(dense(1000), "relu", dense(1), source={"kind": "spiral", "params": {"samples": 100_000}})
    found = problem(doc)
    assert found.node in ("dense", "relu")
    assert found.hint.startswith(f"Take smaller batches or make {found.node} smaller: what the layers give takes ")


def test_a_batch_counts_no_more_samples_than_there_are_to_learn_from():
    source = {"kind": "spiral", "params": {"samples": 1000}}
    every, half = (need(chain(dense(4), dense(1), source=source, data=data)).activations
                   for data in ({}, {"validation": 0.25, "test": 0.25}))
    huge = need(chain(dense(4), dense(1), source=source, batch_size=1_000_000)).activations
    assert huge == every > half


def test_data_that_do_not_fit_are_named_as_such(monkeypatch):
    found = problem(chain(dense(10), "softmax", loss="sparse_categorical_crossentropy", source="mnist", batch_size=1),
                    free=200_000_000)
    assert found.hint == "Take fewer samples: the data take 220 MB."
    assert found.node is None


def test_samples_that_are_split_or_scaled_are_there_twice():
    plain, scaled, split = (need(chain(dense(10), "softmax", **DIGITS, data=data)).data
                            for data in ({}, {"steps": ["standardise"]}, {"validation": 0.1}))
    assert scaled == split == 2 * plain == 2 * 4 * 64 * 1797


def test_samples_that_are_split_and_scaled_are_there_as_given_as_cut_and_as_the_steps_leave_them():
    both = need(chain(dense(10), "softmax", **DIGITS, data={"steps": ["standardise"], "validation": 0.1})).data
    assert both == 3 * 4 * 64 * 1797
    # One of two numbers goes, and with it its share of what the steps leave.
    dropped = need(chain(dense(1), data={"steps": [{"kind": "drop_columns", "params": {"columns": ["x2"]}}]})).data
    assert dropped == 4 * 4 * (2 + 1)


def test_what_fits_to_the_byte_is_not_refused():
    doc = xor()
    total = need(doc).total
    assert problem(doc, free=total) is None
    assert problem(doc, free=total - 1) is not None


def test_where_the_free_memory_is_not_known_nothing_is_refused(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: None)
    assert problem(ABSURD, free=None) is None


def test_the_memory_of_this_machine_is_asked_for_where_none_is_given(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 10)
    assert "only 10 bytes are free" in problem(xor(), free=None).message


def test_a_layer_whose_output_alone_does_not_fit_is_refused_before_its_weights_are_looked_at(monkeypatch):
    monkeypatch.setattr(memory, "count_weights", lambda *_: pytest.fail("it was built"))
    doc = chain(dense(65_536), ("reshape", {"target": [256, 256, 1]}), ("up_sampling2d", {"size": [64, 64]}),
                "flatten", dense(1))
    assert problem(doc).node == "up_sampling2d"


@pytest.mark.parametrize("doc", [
    chain(dense(1024), "relu", dense(1024), "relu", dense(10), "softmax", **DIGITS, optimizer="adam", batch_size=64),
    chain(*[dense(256), "tanh"] * 6, dense(10), "softmax", **DIGITS),
    chain(("reshape", {"target": [8, 8, 1]}), ("conv2d", {"filters": 16, "padding": "same"}), "relu", "max_pool2d",
          "flatten", dense(10), "softmax", **DIGITS, batch_size=256),
], ids=["wide", "deep", "convolution"])
def test_the_estimate_is_near_what_is_really_taken(doc):
    # What is imported on the way does not count.
    DATASETS["digits"]().load(0)
    tracemalloc.start()
    session = Session(doc)
    session.network.evaluate(session.parts.train, session.network.targets(session.parts.train.y))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.4 * peak < need(doc).total < 1.5 * peak


def test_counted_weights_are_those_that_a_network_has():
    doc = chain(dense(300), ("reshape", {"target": [10, 30]}), ("gru", {"units": 4}), "batch_norm", dense(1))
    assert need(doc).weights == 3 * 4 * Network(doc, check(doc)).parameters


@pytest.mark.parametrize(("kind", "example"), cases(), ids=name_of)
def test_every_layer_is_counted_as_it_is_built(kind, example, monkeypatch):
    layer = kind(**example.params)
    built = sum(array.size for array in layer.build(np.random.default_rng(0), *example.shapes).values())
    assert count_weights(layer, *example.shapes) == built
    # Nor does it matter if not even small arrays are drawn in fact.
    monkeypatch.setattr(counting, "SMALL", 0)
    assert count_weights(layer, *example.shapes) == built


@pytest.mark.parametrize(("kind", "params", "shape", "weights"), [
    ("dense", {"units": 65_536}, (65_536,), 65_536 * 65_537),
    ("conv2d", {"filters": 4096, "kernel_size": [256, 256]}, (300, 300, 4096), 4096 * (256 * 256 * 4096 + 1)),
    ("embedding", {"input_dim": 1_000_000, "output_dim": 4096}, (10,), 4096 * 1_000_000),
    ("lstm", {"units": 4096, "bidirectional": True}, (10, 4096), 2 * 4 * 4096 * (2 * 4096 + 1)),
    ("multi_head_attention", {"num_heads": 8, "bias": False}, (5, 8192), 4 * 8192 * 8192),
])
def test_huge_layers_are_counted_without_taking_memory(kind, params, shape, weights):
    tracemalloc.start()
    counted = count_weights(LAYERS[kind](**params), shape)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counted == weights
    assert peak < 2e6


def test_more_weights_than_an_array_can_have_are_counted_too():
    assert count_weights(LAYERS["dense"](units=65_536), (10**18,)) == 65_536 * 10**18


def test_what_layers_keep_for_themselves_is_counted_before_it_is_written_to():
    doc = chain(("reshape", {"target": [64, 1]}), ("lstm", {"units": 64}), dense(10), **DIGITS, batch_size=256)
    network = Session(doc).network
    # Every step of every sample has four gates, and a cell and a state beside them.
    assert network.working_bytes > 256 * 64 * 64 * 6 * 4
    assert room_to_work(network, free=network.working_bytes) is None
    found = room_to_work(network, free=network.working_bytes - 1)
    assert found.param == "batch_size"
    assert found.hint.endswith(".")


def test_a_session_without_room_to_work_is_refused(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 3_000_000)
    doc = chain(("reshape", {"target": [64, 1]}), ("lstm", {"units": 32}), dense(10), **DIGITS, batch_size=256)
    with pytest.raises(GraphError, match="A step of training needs"):
        Session(doc)
