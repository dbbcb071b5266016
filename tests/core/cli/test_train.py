import csv
import gzip
import json
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.cli import _progress, train
from core.cli._result import summarise
from core.io import documents, examples, weights
from core.metrics import measure_all
from core.train.control import Control
from core.train.events import EpochDone, Finished
from core.train.session import Session
from tests.core.cli.conftest import ROOT, in_process, refused
from tests.core.datasets._idx_files import idx, write_mnist

XOR = "example:xor-mlp"
MNIST = Path(os.environ.get("LAYERLOOM_DATA", ".")) / "mnist"
CLASSIFICATION = {"accuracy", "precision", "recall", "f1", "roc_auc"}
FIELDS = {"status", "statement", "epochs", "steps", "seconds", "parameters", "train"}


@pytest.fixture
def result(layerloom):
    """Train and give the object that --json prints last."""

    def train_it(name, *options):
        ran = layerloom("train", name, "--json", "--quiet", *options)
        assert ran.status == 0
        assert ran.err == ""
        return json.loads(ran.out.splitlines()[-1])

    return train_it


@pytest.mark.parametrize("seed", range(10))
def test_xor_is_learned_whatever_the_seed(result, seed):
    got = result(XOR, "--seed", seed)
    assert got["status"] == "done"
    assert got["epochs"] == got["steps"] == 5000
    assert got["parameters"] == 17
    assert got["train"]["accuracy"] == 1.0


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("gate", ["and", "or"])
def test_the_perceptron_says_at_which_epoch_it_converged(result, gate, seed):
    got = result(f"example:perceptron-{gate}", "--seed", seed)
    assert got["status"] == "converged"
    assert 1 < got["converged_epoch"] < 100
    assert f"epoch {got['converged_epoch']} passed without an error" in got["statement"]
    assert set(got["train"].values()) == {0.0, 1.0}
    assert (got["train"]["loss"], got["train"]["accuracy"]) == (0.0, 1.0)


def test_the_perceptron_says_that_it_cannot_learn_xor(result):
    got = result("example:perceptron-xor")
    assert got["status"] == "inseparable"
    assert got["converged_epoch"] is None
    assert "not linearly separable" in got["statement"]


@pytest.mark.parametrize(("name", "part", "seeds", "least"), [
    ("neuron-line", "train", 3, 0.98), ("spiral", "validation", 2, 0.95), ("iris", "test", 3, 0.93),
    ("digits-mlp", "test", 3, 0.96), ("tabular-classification", "test", 3, 0.90),
    ("transformer-parts", "test", 1, 0.93),
])
def test_the_examples_reach_what_they_promise(result, name, part, seeds, least):
    for seed in range(seeds):
        assert result(f"example:{name}", "--seed", seed)[part]["accuracy"] >= least


def test_the_result_holds_exactly_the_parts_that_there_are(result):
    assert result(XOR, "--epochs", 3).keys() == FIELDS
    both = result("example:iris", "--epochs", 3)
    assert both.keys() == FIELDS | {"validation", "test"}
    assert all(both[part].keys() == {"loss", *CLASSIFICATION} for part in ("train", "validation", "test"))


@pytest.fixture
def small_mnist(tmp_path, monkeypatch):
    """A few pictures where MNIST is looked for."""
    write_mnist(tmp_path / "mnist", train=200, test=40)
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path))


@pytest.mark.parametrize("name", ["mnist-small", "mnist-mlp", "mnist-cnn"])
def test_the_mnist_examples_learn_from_the_files_that_are_there(result, small_mnist, name):
    got = result(f"example:{name}", "--epochs", 8)
    assert got.keys() == FIELDS | {"test"}
    assert got["test"].keys() == {"loss", "top_5_accuracy", *CLASSIFICATION}
    assert got["test"]["accuracy"] > 0.5
    assert got["test"]["top_5_accuracy"] >= got["test"]["accuracy"]


def test_where_the_files_of_a_data_set_are_missing_one_line_says_where_they_belong(layerloom, tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path))
    ran = layerloom("train", "example:mnist-mlp", "--quiet")
    assert refused(ran, "MNIST", "train-images-idx3-ubyte", str(tmp_path / "mnist"), "Put the 4 original files")


def test_a_network_that_does_not_fit_into_memory_is_refused_in_one_line(layerloom, monkeypatch):
    monkeypatch.setattr("core.engine.memory.free_memory", lambda: 1000)
    ran = layerloom("train", "example:iris", "--quiet")
    assert refused(ran, "Training needs at least ", "but only 1 kB are free", "smaller")


@pytest.mark.skipif(not MNIST.is_dir(), reason="the files of MNIST are not in LAYERLOOM_DATA")
@pytest.mark.parametrize(("name", "least"), [("mnist-small", 0.97), ("mnist-mlp", 0.975), ("mnist-cnn", 0.99)])
def test_the_mnist_examples_reach_what_they_promise(result, name, least):
    assert result(f"example:{name}")["test"]["accuracy"] >= least


def test_metrics_that_are_not_defined_are_null(result, small_mnist, tmp_path):
    (tmp_path / "mnist" / "t10k-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(np.full(40, 3))))
    test = result("example:mnist-small", "--epochs", 1)["test"]
    assert test["roc_auc"] is None
    assert test["accuracy"] is not None


def test_every_metric_agrees_with_the_weights_that_were_kept(layerloom, tmp_path):
    ran = layerloom("train", "example:iris", "--epochs", 30, "--json", "--quiet", "--out", tmp_path)
    session = Session(documents.read(tmp_path / "network.json"))
    weights.fit(session.network, weights.read(tmp_path / "weights.npz"))
    for part in ("train", "validation", "test"):
        samples = getattr(session.parts, part)
        told = json.loads(ran.out)[part]
        assert measure_all(session.network.predict(samples.x), samples.y, 3) == {k: told[k] for k in CLASSIFICATION}


def test_without_metrics_there_are_loss_and_accuracy_alone():
    session = Session(examples.load("iris"))
    ending = Finished(1, 0, 0, "done", "Done.")
    brief, full = (summarise(session, ending, metrics=metrics) for metrics in (False, True))
    for part in ("train", "validation", "test"):
        assert brief[part] == {name: full[part][name] for name in ("loss", "accuracy")}


def test_without_json_the_result_is_a_few_lines_to_read(layerloom):
    ran = layerloom("train", "example:iris", "--epochs", 20)
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()[2:]] == ["train", "validation", "test"]
    assert all(line.split()[1::2] == ["loss", "accuracy"] for line in ran.out.splitlines()[2:])
    assert "67 parameters" in ran.out
    assert ran.err.count("\n") == 10
    assert "epoch 20 of 20" in ran.err


@pytest.mark.parametrize(("options", "metrics"), [((), False), (("--json",), True), (("--out", "there"), True)])
def test_only_what_is_kept_as_numbers_holds_metrics(layerloom, tmp_path, monkeypatch, options, metrics):
    monkeypatch.chdir(tmp_path)
    seen = []
    monkeypatch.setattr("core.cli._result.measure_all", lambda *args: seen.append(args) or measure_all(*args))
    assert layerloom("train", XOR, "--epochs", 2, "--quiet", *options).status == 0
    assert bool(seen) == metrics


def test_a_run_that_is_only_printed_does_not_import_the_metrics_of_scikit_learn():
    code = (f"import sys; from core.cli.main import main; main(['train', {XOR!r}, '--epochs', '2', '--quiet']); "
            "print('sklearn.metrics' in sys.modules)")
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    assert ran.stdout.splitlines()[-1] == "False"


def test_quiet_leaves_stderr_empty(layerloom):
    ran = layerloom("train", "example:perceptron-xor", "--quiet")
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith("The perceptron did not converge in 100 epochs and never will")


@pytest.fixture
def idle(tmp_path):
    """XOR with a node that leads nowhere."""
    tree = json.loads(examples.EXAMPLES["xor-mlp"].path.read_text("utf-8"))
    tree["nodes"]["spare"] = {"kind": "sigmoid"}
    path = tmp_path / "idle.json"
    path.write_text(json.dumps(tree))
    return path


def test_a_warning_about_the_network_is_told_and_training_goes_on(layerloom, idle):
    ran = layerloom("train", idle, "--epochs", 2)
    assert ran.status == 0
    assert "Sigmoid leads to no Output" in ran.err


def test_a_seed_gives_the_same_bits_and_another_one_gives_others(layerloom, tmp_path):
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        ran = layerloom("train", "example:iris", "--seed", seed, "--epochs", 5, "--quiet", "--out", tmp_path / folder)
        assert ran.status == 0
    for name in ("network.json", "weights.npz", "weights.safetensors"):
        first, again, other = ((tmp_path / folder / name).read_bytes() for folder in "abc")
        assert first == again
        assert first != other


def test_out_leaves_all_that_there_is_to_keep(layerloom, tmp_path):
    folder = tmp_path / "new" / "folder"
    ran = layerloom("train", "example:iris", "--epochs", 4, "--seed", 3, "--json", "--out", folder)
    assert {path.name for path in folder.iterdir()} == {
        "network.json", "weights.safetensors", "weights.npz", "history.csv", "metrics.json"}
    document = documents.read(folder / "network.json")
    assert (document.training["epochs"], document.training["seed"]) == (4, 3)
    assert json.loads((folder / "metrics.json").read_text()) == json.loads(ran.out)
    arrays = weights.read(folder / "weights.npz")
    same = weights.read(folder / "weights.safetensors")
    assert all(np.array_equal(arrays[name], same[name]) for name in arrays)
    session = Session(document)
    weights.fit(session.network, arrays)
    loss, _ = session.network.evaluate(session.parts.test, session.network.targets(session.parts.test.y))
    assert loss == json.loads(ran.out)["test"]["loss"]


def test_the_history_has_a_line_for_every_epoch_and_blanks_where_nothing_was_measured(layerloom, tmp_path):
    layerloom("train", XOR, "--epochs", 4, "--quiet", "--out", tmp_path)
    with (tmp_path / "history.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["epoch", "step", "loss", "score", "validation_loss", "validation_score",
                             "learning_rate", "seconds", "gradient_norm"]
    assert [row["epoch"] for row in rows] == ["1", "2", "3", "4"]
    assert all(row["validation_loss"] == row["validation_score"] == "" for row in rows)
    assert all(math.isfinite(float(row["loss"])) for row in rows)


def test_a_run_that_diverges_ends_with_status_1_and_the_reason(layerloom, tmp_path):
    argv = ["train", XOR, "--set", "nodes.output.params.loss=mse", "--set", "nodes.decision_sigmoid.kind=linear",
            "--set", "nodes.hidden_sigmoid.kind=relu", "--set", "training.learning_rate=1000", "--quiet"]
    assert refused(layerloom(*argv, "--out", tmp_path), "learning rate")
    assert list(tmp_path.iterdir()) == []
    ran = layerloom(*argv, "--json")
    told = json.loads(ran.out)
    assert ran.status == 1
    assert told["status"] == "failed"
    assert told["train"]["loss"] is None or math.isfinite(told["train"]["loss"])
    assert "NaN" not in ran.out


@pytest.mark.parametrize("blocked", ["a file", "below a file"])
def test_a_folder_that_cannot_be_made_is_said_before_training(layerloom, tmp_path, blocked, monkeypatch):
    monkeypatch.setattr(train, "_train", lambda *_, **__: pytest.fail("it trained"))
    (tmp_path / "taken").touch()
    folder = tmp_path / "taken" if blocked == "a file" else tmp_path / "taken" / "more"
    assert refused(layerloom("train", XOR, "--out", folder), "cannot take the results")


@pytest.mark.parametrize(("value", "path", "expected"), [
    ("training.learning_rate=0.5", "learning_rate", 0.5), ("training.optimizer=adam", "optimizer", "adam"),
    ("training.shuffle=false", "shuffle", False), ("training.optimizer.kind=adam", "optimizer", "adam"),
])
def test_set_changes_training(layerloom, tmp_path, value, path, expected):
    assert layerloom("train", XOR, "--epochs", 1, "--quiet", "--set", value, "--out", tmp_path).status == 0
    got = documents.read(tmp_path / "network.json").training[path]
    assert (got.kind if path == "optimizer" else got) == expected


def test_set_reaches_nodes_and_data_and_one_change_builds_on_another(layerloom, tmp_path):
    settings = ["nodes.hidden_1.params.units=3", "nodes.hidden_1.title=First layer", "nodes.hidden_2.frozen=true",
                "data.source.params.noise=0.2", "training.optimizer=momentum",
                "training.optimizer.params.momentum=0.5"]
    options = [part for setting in settings for part in ("--set", setting)]
    assert layerloom("train", "example:spiral", "--epochs", 1, "--quiet", *options, "--out", tmp_path).status == 0
    document = documents.read(tmp_path / "network.json")
    node = document.nodes["hidden_1"]
    assert (node.params["units"], node.title) == (3, "First layer")
    assert document.nodes["hidden_2"].frozen
    assert document.data["source"].params["noise"] == 0.2
    assert document.training["optimizer"].params["momentum"] == 0.5


def test_set_finds_a_node_whose_name_holds_dots(layerloom, tmp_path):
    text = examples.EXAMPLES["xor-mlp"].path.read_text("utf-8").replace('"hidden"', '"block.1"')
    (tmp_path / "in.json").write_text(text)
    ran = layerloom("train", tmp_path / "in.json", "--epochs", 1, "--json", "--quiet",
                    "--set", "nodes.block.1.params.units=5")
    assert json.loads(ran.out)["parameters"] == 2 * 5 + 5 + 5 + 1


@pytest.mark.parametrize(("setting", "words"), [
    ("training.learning_rat=1", ["no setting training.learning_rat", "training.learning_rate"]),
    ("nodes.hiden.params.units=3", ["Did you mean nodes.hidden.params.units"]),
    ("zzz=1", ["no setting zzz", "data, nodes or training"]),
    ("training.learning_rate.more=1", ["no setting training.learning_rate.more"]),
    ("edges.0=1", ["no setting edges.0"]),
    ("nodes.hidden.params.units=four", ["nodes.hidden.params.units", "whole number", '"four"']),
    ("training.learning_rate=NaN", ["training.learning_rate", "NaN"]),
    ("training.learning_rate=1e999", ["training.learning_rate", "1e999"]),
    ("training.optimizer=adm", ["optimizer", "adam"]),
    ("training.epochs=true", ["training.epochs", "True"]),
    ("nodes={}", ["edges[0]", "no node"]),
    ("edges=[]", ["not connected"]),
    ("nodes=7", ["nodes", "braces"]),
    ("version=99", ["newer"]),
])
def test_a_setting_that_cannot_be_is_refused_by_name(layerloom, setting, words):
    assert refused(layerloom("train", XOR, "--quiet", "--set", setting), *words)


@pytest.mark.parametrize(("option", "value"), [("--epochs", 0), ("--epochs", -3), ("--seed", -1), ("--seed", 2**40)])
def test_epochs_and_seeds_out_of_range_are_refused_by_name(layerloom, option, value):
    assert refused(layerloom("train", XOR, option, value), f"training.{option[2:]}", str(value))


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_stops_the_run_and_keeps_what_it_learned(idle, tmp_path):
    command = [sys.executable, "-m", "core.cli", "train", idle, "--epochs", "10000000", "--json"]
    with subprocess.Popen([*command, "--out", tmp_path / "kept"], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        # The warning is told when the run begins.
        assert "leads to no Output" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    got = json.loads(out)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert got["status"] == "stopped"
    assert got["epochs"] < 10_000_000
    assert (tmp_path / "kept" / "weights.npz").is_file()


def test_the_first_interrupt_asks_the_run_to_stop_and_the_handler_is_put_back():
    control, before = Control(), signal.getsignal(signal.SIGINT)
    with train._stopped_by_interrupt(control):
        signal.raise_signal(signal.SIGINT)
        assert control.stopped
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before


def epoch(number, epochs=100):
    return EpochDone(1, number, number, 0.5, 0.75, math.nan, math.nan, 0.1, 1.0)


def test_plain_progress_is_at_most_ten_lines_and_says_no_nan(capsys):
    shown = _progress.make(1000, quiet=False)
    for number in range(1, 1001):
        shown.epoch(epoch(number))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "layerloom: epoch 1,000 of 1,000: loss 0.5, accuracy 75.0%"


def test_a_terminal_gets_a_bar_that_cleans_up_after_itself(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with _progress.make(10, quiet=False) as shown:
        assert isinstance(shown, _progress.Bar)
        for number in range(1, 11):
            shown.epoch(epoch(number))
        shown.note("Mind [this].")
    assert "Mind [this]." in capsys.readouterr().err


def test_the_process_says_the_same_as_the_function(result):
    ran = in_process("train", XOR, "--seed", 4, "--json", "--quiet")
    assert ran.returncode == 0
    there, here = json.loads(ran.stdout), result(XOR, "--seed", 4)
    assert {**there, "seconds": 0} == {**here, "seconds": 0}
