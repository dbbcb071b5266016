"""What several nodes have in common, and changes to all of them."""
from __future__ import annotations

import pytest

from core.errors import ParamError
from core.graph import edits, several
from core.graph.document import Document
from core.layers import LAYERS
from tests.core._build import chain, dense


def mixed() -> Document:
    return chain(("reshape", {"target": [2, 1]}), ("conv1d", {"filters": 3, "kernel_size": 1}), "relu", "flatten",
                 dense(4), dense(1))


def test_nodes_of_one_kind_share_all_their_parameters() -> None:
    assert several.shared(mixed(), ["dense", "dense_2"]) == LAYERS["dense"].params


def test_nodes_of_different_kinds_share_what_means_the_same() -> None:
    found = several.shared(mixed(), ["dense", "conv1d"])
    assert {"bias", "initializer"} <= set(found)
    assert "units" not in found
    assert "filters" not in found


def test_parameters_of_the_same_name_but_other_choices_are_not_shared() -> None:
    doc = chain("up_sampling2d", ("conv2d", {}), ("average_pool2d", {}))
    for name, param in several.shared(doc, ["conv2d", "average_pool2d"]).items():
        other = LAYERS["average_pool2d"].params[name]
        assert type(param) is type(other)
        assert getattr(param, "options", None) == getattr(other, "options", None)


def test_layers_without_parameters_share_nothing() -> None:
    assert several.shared(mixed(), ["relu", "dense"]) == {}
    assert several.shared(mixed(), []) == {}


def test_all_are_changed_and_the_others_left_alone() -> None:
    doc = several.set_params(mixed(), ["dense", "conv1d"], {"bias": False})
    assert [doc.nodes[name].params["bias"] for name in ("dense", "conv1d", "dense_2")] == [False, False, True]


def test_a_value_that_one_of_them_refuses_changes_none_and_names_it() -> None:
    doc = edits.rename(mixed(), "dense", "Hidden")
    with pytest.raises(ParamError, match="Hidden: units: a whole number from 1 to 65536"):
        several.set_params(doc, ["dense_2", "dense"][::-1], {"units": 0})


def test_all_are_frozen_and_bypassed_at_once() -> None:
    doc = several.bypass(several.freeze(mixed(), ["dense", "dense_2"], True), ["relu", "dense"], True)
    assert [doc.nodes[n].frozen for n in ("dense", "dense_2", "conv1d")] == [True, True, False]
    assert [doc.nodes[n].bypassed for n in ("relu", "dense", "dense_2")] == [True, True, False]
