"""What was read otherwise than one might think is told by the check, and mended with one click."""
from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets import deferred, in_force, remarks, survey
from core.graph import edits, roles
from core.graph.check import check
from core.graph.document import Document
from core.graph.fixes import fixes
from core.graph.settings import DataSettings
from core.params import Kind
from tests.core._build import xor

ROWS = 3000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def reading(file: Path, head: str, row: str, last: str) -> Document:
    """The network for a table with many equal rows that differ in {n}, and a last one."""
    file.write_text(head + "\n" + "".join(row.format(n=n, even=n % 2) + "\n" for n in range(ROWS)) + last + "\n")
    return edits.set_data(xor(), {"source": Kind("table", {"path": str(file)})})


def notes(doc: Document) -> list[str]:
    return [p.message for p in check(doc).problems if p.code.startswith("table.")]


def test_a_column_of_numbers_with_a_word_is_told_as_a_warning_about_the_data(file: Path) -> None:
    doc = reading(file, "a,b,class", "{even},{n},{even}", "unknown,1,1")
    found = [p for p in check(doc).problems if p.code == "table.mixed"]
    assert [(p.severity, p.param) for p in found] == [("warning", "source")]
    assert found[0].message == ('table.csv, line 3,002: the column "a" is taken as category, because "unknown" does '
                                "not fit what comes before it.")


def test_several_such_columns_are_one_warning(file: Path) -> None:
    doc = reading(file, "a,b,c,d,e,class", "{even}," * 5 + "{even}", "x,x,x,x,x,1")
    assert notes(doc) == ['table.csv: the columns "a", "b", "c" and 2 more are taken as words, because some of their '
                          "values do not fit what comes before them."]


def test_a_column_of_one_value_is_told_only_where_it_is_an_input(file: Path) -> None:
    doc = reading(file, "same,b,class", "7,{n},{even}", "7,1,1")
    assert notes(doc) == []
    doc = roles.set_role(doc, ["same"], "input")
    assert notes(doc) == ['table.csv: the column "same" holds one value only, from which nothing can be learned.']


def test_one_click_ignores_the_columns(file: Path) -> None:
    doc = reading(file, "a,b,c,class", "{even},{even},{n},{even}", "x,x,1,1")
    report = check(doc)
    problem = next(p for p in report.problems if p.code == "table.mixed")
    fix = next(fix for fix in fixes(doc, report, problem) if fix.label == "Ignore the 2 columns")
    mended = fix.apply(doc)
    assert dict(mended.data["roles"]) == {"a": "ignore", "b": "ignore"}
    assert notes(mended) == []


def test_a_column_that_cannot_be_used_is_told_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    path.write_text("".join(f'{{"a": {n}, "list": [1], "class": "{n % 2}"}}\n' for n in range(20)))
    doc = edits.set_data(xor(), {"source": Kind("table", {"path": str(path)})})
    assert [(p.code, p.severity) for p in check(doc).problems if p.code.startswith("table.")] == [
        ("table.left_out", "info")]
    assert '"list"' in notes(doc)[0]


def test_nothing_is_read_for_notes_while_files_must_not_be_read(file: Path) -> None:
    doc = reading(file, "same,b,class", "7,{n},{even}", "7,1,1")
    with deferred():
        assert [p.code for p in check(doc).problems if p.param == "source"] == ["data.reading"]
        assert roles.notes_of(doc) == {}
    survey(DataSettings.known(doc.data).dataset)
    with deferred():
        assert list(roles.notes_of(doc)) == ["same"]


def test_data_that_are_made_have_no_notes() -> None:
    data = DataSettings.known(xor().data)
    assert data.dataset.notes() == ()
    assert in_force(data.dataset, data.recipe) == remarks(data.dataset, data.recipe) == []
