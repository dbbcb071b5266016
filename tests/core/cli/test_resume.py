"""Checkpoints, going on from them, and starting from saved weights, on the command line."""
import csv
import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from core.io import checkpoints, weights
from tests.core.cli.conftest import ROOT, refused

IRIS, XOR = "example:iris", "example:xor-mlp"


@pytest.fixture
def folder(layerloom, tmp_path):
    """Twenty epochs of Iris, with a checkpoint at the end."""
    ran = layerloom("train", IRIS, "--epochs", 20, "--checkpoint-every", 7, "--out", tmp_path / "a", "--quiet")
    assert ran.status == 0
    assert ran.err == ""
    return tmp_path / "a"


def same(one, two):
    arrays, others = (weights.read(path / "weights.npz") for path in (one, two))
    return all(np.array_equal(arrays[name], others[name]) for name in arrays)


def test_a_resumed_run_leaves_the_same_bits_as_one_that_was_not_stopped(layerloom, folder, tmp_path):
    for place, options in (("whole", []), ("resumed", ["--resume", folder / "checkpoint.loom"])):
        ran = layerloom("train", IRIS, "--epochs", 40, "--quiet", "--json", *options, "--out", tmp_path / place)
        assert json.loads(ran.out)["epochs"] == 40
    assert same(tmp_path / "whole", tmp_path / "resumed")
    whole, resumed = (list(csv.DictReader((tmp_path / place / "history.csv").read_text().splitlines()))
                      for place in ("whole", "resumed"))
    assert len(whole) == 40
    for a, b in zip(whole, resumed, strict=True):
        assert {name: a[name] for name in a if name != "seconds"} == {name: b[name] for name in b if name != "seconds"}


def test_it_says_where_it_goes_on(layerloom, folder):
    ran = layerloom("train", IRIS, "--epochs", 21, "--resume", folder / "checkpoint.loom")
    assert "Going on from checkpoint.loom: epoch 20 of 21 is done." in ran.err
    assert "epoch 21 of 21" in ran.err


def test_a_bundle_may_stand_for_the_network_and_go_on_from_itself(layerloom, folder):
    bundle = folder / "checkpoint.loom"
    assert layerloom("check", bundle).status == 0
    ran = layerloom("train", bundle, "--resume", bundle, "--epochs", 25, "--json", "--quiet")
    assert json.loads(ran.out)["epochs"] == 25
    fresh = layerloom("train", bundle, "--json", "--quiet")
    assert json.loads(fresh.out)["epochs"] == 20


def test_a_run_that_is_done_is_done(layerloom, folder):
    ran = layerloom("train", folder / "network.json", "--resume", folder / "checkpoint.loom", "--json", "--quiet")
    assert json.loads(ran.out)["epochs"] == 20


@pytest.mark.parametrize(("options", "word"), [
    ([IRIS, "--set", "nodes.hidden.params.units=9"], "nodes.hidden.params.units is 8 in it, and 9 here"),
    ([IRIS, "--seed", "5"], "training.seed"), (["example:xor-mlp"], "belongs to another network")])
def test_the_checkpoint_of_another_network_is_refused(layerloom, folder, options, word):
    assert refused(layerloom("train", *options, "--resume", folder / "checkpoint.loom"), word)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04nonsense"])
def test_a_damaged_checkpoint_is_refused(layerloom, tmp_path, content):
    path = tmp_path / "bad.loom"
    path.write_bytes(content)
    assert refused(layerloom("train", IRIS, "--resume", path), "bad.loom")


@pytest.mark.parametrize("options", [["--checkpoint-every", "0", "--out", "x"], ["--checkpoint-every", "two"],
                                     ["--checkpoint-every", "3"], ["--resume", "a.loom", "--weights", "b.npz"]])
def test_options_that_make_no_sense_are_wrong_usage(layerloom, options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = layerloom("train", IRIS, *options)
    assert (ran.status, ran.out) == (2, "")
    assert not list(tmp_path.iterdir())


def test_a_checkpoint_is_left_every_few_epochs_and_at_the_end(layerloom, tmp_path, monkeypatch):
    seen = []
    original = checkpoints.write
    monkeypatch.setattr(checkpoints, "write", lambda path, bundle: (seen.append(bundle.memory.values["epoch"]),
                                                                    original(path, bundle)))
    layerloom("train", IRIS, "--epochs", 8, "--checkpoint-every", 3, "--out", tmp_path, "--quiet")
    assert seen == [3, 6, 8]


def test_without_the_option_a_run_that_ends_by_itself_leaves_none(layerloom, tmp_path):
    layerloom("train", IRIS, "--epochs", 3, "--out", tmp_path, "--quiet")
    assert not (tmp_path / "checkpoint.loom").exists()


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
@pytest.mark.parametrize("options", [[], ["--checkpoint-every", "1000000"]])
def test_ctrl_c_leaves_a_checkpoint_from_which_the_run_goes_on_exactly(layerloom, tmp_path, options):
    layerloom("train", XOR, "--epochs", 5, "--checkpoint-every", 5, "--out", tmp_path / "a", "--quiet")
    argv = [sys.executable, "-m", "core.cli", "train", XOR, "--epochs", "10000000", *options, "--out",
            tmp_path / "cut", "--resume", tmp_path / "a" / "checkpoint.loom"]
    with subprocess.Popen(argv, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # Told when the run begins.
        assert "Going on from checkpoint.loom: epoch 5 of 10,000,000" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    cut = tmp_path / "cut" / "checkpoint.loom"
    end = checkpoints.read(cut).memory.values["epoch"] + 10
    for place, way in (("resumed", ["--resume", cut]), ("whole", [])):
        assert layerloom("train", XOR, "--epochs", end, "--quiet", *way, "--out", tmp_path / place).status == 0
    assert same(tmp_path / "whole", tmp_path / "resumed")


@pytest.mark.parametrize("name", ["checkpoint.loom", "weights.npz", "weights.safetensors"])
def test_weights_are_taken_over_node_by_node_and_what_does_not_fit_starts_fresh(layerloom, folder, tmp_path, name):
    ran = layerloom("train", IRIS, "--set", "nodes.hidden.params.units=8", "--set", "nodes.species.frozen=true",
                    "--set", "training.learning_rate=0", "--epochs", 1, "--weights", folder / name, "--out", tmp_path)
    assert ran.status == 0, ran.err
    assert f"hidden, species take the weights of {name}." in ran.err
    assert same(folder, tmp_path)


def test_a_new_head_starts_fresh_and_that_is_said(layerloom, folder, tmp_path):
    tree = json.loads((folder / "network.json").read_text())
    tree["nodes"]["head"] = tree["nodes"].pop("species")
    tree["edges"] = [{k: "head" if v == "species" else v for k, v in edge.items()} for edge in tree["edges"]]
    (tmp_path / "new.json").write_text(json.dumps(tree))
    ran = layerloom("train", tmp_path / "new.json", "--epochs", 1, "--weights", folder / "weights.npz")
    assert "hidden takes the weights of weights.npz; head starts fresh." in ran.err


def test_weights_of_which_none_fits_are_refused(layerloom, folder):
    assert refused(layerloom("train", "example:xor-mlp", "--weights", folder / "weights.npz"),
                   "weights.npz", "no weights for any node")
