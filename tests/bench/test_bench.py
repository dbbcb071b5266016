"""The bench itself works. Nothing here looks at a clock."""
from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from core.graph.check import check
from tests.bench import canvas, cases, contests, growth, ladders, machine, memory, models, peers, tables
from tests.bench.__main__ import BENCHES, console, number, save, show
from tests.bench.ours import Steps, Training, invent, make_session
from tests.bench.profile import print_profile, profile
from tests.bench.rows import Row, against, alternate, at_least, at_most


class Fixed:
    """A contestant with prepared rates."""

    def __init__(self, name, *rates):
        self.name, self.rates = name, list(rates)

    def run(self):
        return self.rates.pop(0)


def test_the_smallest_case_gives_a_row_with_a_rate():
    ours, bare = Training(cases.xor(), 3), Steps(cases.xor(), 3)
    rates = alternate([ours, bare], 1)
    row = against("xor", "tiny", rates, ours.name, [bare.name], "peer", 5.0).plain()
    assert (row["case"], row["unit"], row["target"], row["peer"]) == ("xor", "steps/s", "≥ 5 ×", bare.name)
    assert min(row["ours"], row["theirs"]) > 0
    assert row["ratio"] == pytest.approx(row["ours"] / row["theirs"])
    json.dumps(row)


def test_a_round_trains_exactly_the_epochs_that_are_asked_for():
    ours = Training(cases.spiral(), 2)
    ours.run()
    assert (ours.session.epoch, ours.session.step) == (2, 100)
    ours.run()
    assert (ours.session.epoch, ours.session.step) == (4, 200)


def test_the_first_round_does_not_count_and_the_fastest_peer_is_taken():
    rates = alternate([Fixed("a", 999, 10, 30, 20), Fixed("b", 999, 5, 5, 5), Fixed("c", 999, 1, 1, 1)], 3)
    row = against("case", "what", rates, "a", ["c", "b"], "peer", 5.0)
    assert (row.ours, row.peer, row.theirs, row.ratio, row.met) == (20, "b", 5, 4.0, False)


def test_without_the_peer_the_row_has_gaps_and_no_verdict(capsys):
    row = against("case", "what", {"a": [2.0]}, "a", [], "PyTorch", 5.0)
    assert (row.theirs, row.ratio, row.met, row.peer) == (None, None, None, "PyTorch")
    show({"processor": "some"}, [row])
    assert "—" in capsys.readouterr().out


def test_verdicts_and_numbers():
    assert [at_least(value, 1.0) for value in (1.0, 0.9, None)] == [True, False, None]
    assert [at_most(value, 1.0) for value in (1.0, 1.1, None)] == [True, False, None]
    assert (number(1234.5), number(0.12345), number(None)) == ("1,234", "0.123", "—")


def test_every_bench_says_what_it_is_for():
    assert all(bench.__doc__ for bench in BENCHES.values())


def test_the_machine_is_named():
    about = machine.describe()
    assert {"processor", "cores", "kernels", "torch"} <= {name for name, value in about.items() if value}


@pytest.mark.parametrize("case", cases.TRAINED)
def test_every_case_trains_on_invented_samples(case):
    document = cases.TRAINED[case]()
    ours = Training(document, 1, invent(document, 4))
    ours.run()
    assert ours.session.step == 1
    assert np.isfinite(ours.session.network.weights.flat).all()


@pytest.mark.parametrize("case", cases.TRAINED)
def test_every_case_has_as_many_weights_as_its_model_in_pytorch(case):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    document = cases.TRAINED[case]()
    network = make_session(document, invent(document, 4)).network
    contestants = models.MODELS[case](invent(document, 4).train, 1)
    # Recurrent layers there have a second bias; the Embedding and all else are the same.
    more = {"rnn": 128, "lstm": 512}.get(case, 0)
    assert {sum(p.numel() for p in one.model.parameters()) for one in contestants} == {network.parameters + more}
    assert {one.batch for one in contestants} == {document.training["batch_size"] or 4}


def test_an_embedding_gets_words_and_other_cases_what_their_data_gives():
    words = make_session(cases.lstm()).parts.train
    assert words.x.shape == (640, 50)
    assert np.array_equal(words.x, np.floor(words.x))
    assert words.x.min() >= 0
    assert words.x.max() < cases.VOCABULARY
    assert make_session(cases.xor()).parts.title == "XOR"


@pytest.mark.parametrize("document", [cases.long(20), cases.many_neurons()], ids=["long", "many_neurons"])
def test_documents_without_a_peer_can_be_trained(document):
    assert make_session(document).network.parameters > 0


def test_a_profile_has_a_line_for_every_node_that_works_and_one_for_the_update(capsys):
    found = profile(cases.xor(), seconds=0.0)
    assert [line.title for line in found.lines] == ["Dense", "Sigmoid", "Dense", "Sigmoid", "Loss: Mean squared error",
                                                    "Update: sgd"]
    assert [line.backward is None for line in found.lines] == [False] * 5 + [True]
    assert found.steps == 1
    print_profile("xor", found, console())
    assert "Rest" in capsys.readouterr().out


def test_growth_is_judged_where_it_is_largest_against_the_cheapest():
    rows = growth.per_unit({"ten": [100.0, 50.0, 100.0], "hundred": [4.0, 2.0, 5.0], "thousand": [0.5, 0.5, 0.5]},
                           {"ten": 10, "hundred": 100, "thousand": 1000}, "node")
    assert [row.ours for row in rows] == pytest.approx([1000.0, 2500.0, 2000.0])
    # Round by round: 2.5, 2.5 and 2; 2, 1 and 2.
    assert [row.ratio for row in rows] == pytest.approx([1.0, 2.5, 2.0])
    assert [row.met for row in rows] == [None, None, False]
    assert {row.unit for row in rows} == {"µs per node"}


def test_sizes_grow_over_nodes_samples_and_time_steps():
    rows = growth.linear(1, True)
    assert {row.unit for row in rows} == {"µs per node", "µs per sample", "µs per time step"}
    assert all(row.ours > 0 for row in rows)


@pytest.mark.parametrize("bench", [contests.cnn, contests.rnn, contests.transformer])
def test_without_peers_a_contest_still_measures_us(bench, monkeypatch):
    monkeypatch.setattr(peers, "torch", None)
    plain, fused = bench(1, True)
    assert plain.ours == fused.ours > 0
    assert (plain.theirs, plain.ratio, fused.peer) == (None, None, "PyTorch, fused")
    assert plain.case in cases.TRAINED


def test_memory_of_a_case_is_that_of_a_process_of_its_own():
    found = memory.measure("ours", "xor", 2)
    assert found["peak"] > found["grown"] >= 0
    assert found["peak"] - found["grown"] > 1


def test_rows_are_saved_as_json(tmp_path):
    save(tmp_path / "rows.json", 3, [Row(case="a", what="b", unit="µs", ours=1.5)])
    found = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert (found["rounds"], found["rows"][0]["unit"], found["rows"][0]["ours"]) == (3, "µs", 1.5)
    assert found["machine"]["cores"] == str(os.cpu_count())


def test_a_row_is_plain_data():
    assert Row(case="a", what="b", unit="s", ours=None).plain()["ratio"] is None


def test_a_ladder_is_a_network_of_that_many_nodes_that_can_be_trained():
    for count in (10, 51, 500):
        doc = ladders.ladder(count)
        assert len(doc.nodes) == count
        assert check(doc).ok
        assert {node.kind for node in doc.nodes.values()} >= {"input", "dense", "relu", "dropout", "add", "output"}
        assert len({node.position for node in doc.nodes.values()}) == count


def test_frames_of_the_canvas_give_median_and_worst_and_only_what_is_promised_has_a_verdict():
    times = {"open": [2.0], "all in view: pan": [0.01] * 18 + [0.05] * 2, "all in view: pan, end": [0.2]}
    rows = {row.what: (row.ours, row.met) for row in canvas.frames(500, 16.7, times)}
    assert rows == {"open, to the first picture": (2.0, False), "all in view: pan, median": (pytest.approx(10), True),
                    "all in view: pan, 95 %": (pytest.approx(50), None)}


def test_what_an_edit_costs_is_timed():
    assert [row.unit for row in canvas.edit(1, quick=True)] == ["ms"]


def test_a_hand_at_the_real_window_does_everything_that_is_timed():
    done = subprocess.run([sys.executable, "-m", "tests.bench.canvas_run", "30", "--frames", "8"], check=True,
                          capture_output=True, text=True, timeout=120)
    times = json.loads(done.stdout.splitlines()[-1])
    assert done.stderr == ""
    kinds = {what.partition(": ")[2] for what in times if not what.endswith("end")} - {""}
    assert kinds == {"add a node", "undo", "change a parameter", "drag one", "drag 50", "pan", "rubber band",
                     "select all", "select nothing", "zoom"}
    assert len(times["100 %: pan"]) == 8


def test_a_table_is_read_beside_polars(monkeypatch):
    monkeypatch.setattr(tables, "LINES", 5000)
    seconds, memory_peak = tables.tables(1, True)
    assert (seconds.unit, memory_peak.unit) == ("s", "MB")
    assert min(seconds.ours, seconds.theirs, memory_peak.ours, memory_peak.theirs) > 0
    assert memory_peak.met
