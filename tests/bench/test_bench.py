"""The bench itself works. Nothing here looks at a clock."""
from __future__ import annotations

import json

import pytest

from core.train.session import Session
from tests.bench import cases, machine
from tests.bench.__main__ import BENCHES, number, show
from tests.bench.ours import Steps, Training
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


def test_all_documents_can_be_trained():
    for document in (cases.xor(), cases.spiral(), cases.long(20), cases.many_neurons(), cases.wide(16, 8)):
        assert Session(document).network.parameters > 0


def test_a_row_is_plain_data():
    assert Row(case="a", what="b", unit="s", ours=None).plain()["ratio"] is None
