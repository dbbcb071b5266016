"""Text files: the marks between values, headings, encodings."""
from __future__ import annotations

import gzip

import numpy as np
import pytest

from core.datasets import CancelledError, Task, survey
from tests.core.datasets.tables._look import kinds, values

ROWS = [["length", "kind"], ["1.5", "oak"], ["2.5", "elm"], ["3", "oak"], ["4", "elm"]]
READ = {"length": [1.5, 2.5, 3.0, 4.0], "kind": ["oak", "elm", "oak", "elm"]}


def joined(mark, rows=ROWS, end="\n"):
    return end.join(mark.join(row) for row in rows) + end


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", " ", "   "])
def test_the_mark_between_values_is_found_out(table, mark):
    assert values(table(joined(mark))) == READ


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(table, end):
    assert values(table(joined(",", end=end))) == READ


def test_the_last_line_needs_no_end_and_blank_lines_do_not_count(table):
    assert values(table("\n" + joined(",").replace("\n", "\n\n").rstrip())) == READ
    assert values(table('\nlength,kind\n1.5,"oak"\n\n2.5,elm\n3,oak\n4,"elm"\n\n\n', "other.csv")) == READ


def test_a_mark_that_somebody_names_is_taken(table):
    assert list(values(table("a;b,c\n1;2,3\n", delimiter="comma"))) == ["a;b", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_found_out(table, encoding):
    text = "größe,stadt\n1,Köln\n2,Nürnberg\n3,Köln\n4,Nürnberg\n"
    assert values(table(text.encode(encoding))) == {
        "größe": [1, 2, 3, 4], "stadt": ["Köln", "Nürnberg", "Köln", "Nürnberg"]}


def test_an_encoding_that_somebody_names_is_taken(table):
    text = "город,n\nМосква,1\nМосква,2\n"
    assert values(table(text.encode("cp1251"), encoding="cp1251"))["город"] == ["Москва", "Москва"]


def test_letters_outside_ascii_may_come_late_in_a_file_that_is_not_utf_8(table):
    text = "name,n\n" + "plain,1\n" * 100 + "café,2\n" * 100
    assert set(values(table(text.encode("cp1252")))["name"]) == {"plain", "café"}


def test_a_file_packed_with_gzip_is_read_like_a_plain_one(table):
    assert values(table(gzip.compress(joined(",").encode()), "table.csv.gz")) == READ


def test_values_in_quotation_marks_may_hold_marks_line_ends_and_quotation_marks(table):
    text = 'n,remark\n1,"a, b"\n2,"two\nlines"\n3,"he said ""no"""\n4,\n'
    assert values(table(text)) == {"n": [1, 2, 3, 4], "remark": ["a, b", "two\nlines", 'he said "no"', ""]}


def test_without_a_heading_columns_are_numbered(table):
    assert values(table("1,oak\n2,elm\n3,oak\n4,elm\n")) == {
        "Column 1": [1, 2, 3, 4], "Column 2": ["oak", "elm", "oak", "elm"]}


def test_a_heading_above_words_is_told_from_the_words(table):
    assert list(values(table("tree,leaf\noak,lobed\nelm,toothed\noak,lobed\nelm,toothed\n"))) == ["tree", "leaf"]
    assert list(values(table("oak,lobed\nelm,toothed\noak,lobed\nelm,toothed\n", "b.csv"))) == ["Column 1", "Column 2"]


def test_somebody_may_say_whether_there_is_a_heading(table):
    assert list(values(table("1,2\n3,4\n", header="yes"))) == ["1", "2"]
    assert values(table("a,b\nc,d\n", "b.csv", header="no"))["Column 1"] == ["a", "c"]


def test_names_are_made_different_and_none_is_empty(table):
    names = list(values(table("a,a,,a 2,  spaced\t out \n1,2,3,4,5\n6,7,8,9,0\n", delimiter="comma")))
    assert names == ["a", "a 3", "Column 3", "a 2", "spaced out"]


def test_a_single_column_of_sentences_is_not_cut_at_commas(table):
    text = "text\nWell, it rains.\nIt does not\nNo, no, no\n"
    assert values(table(text)) == {"text": ["Well, it rains.", "It does not", "No, no, no"]}


def test_a_file_longer_than_a_piece_is_read_whole(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.source.Source.pieces.__defaults__", (64,))
    rows = [f'{i},"{"x" * (i % 50)}\n{i}"' for i in range(1000)]
    found = values(table("n,text\n" + "\n".join(rows) + "\n"))
    assert found["n"] == list(range(1000))
    assert found["text"] == [f"{'x' * (i % 50)}\n{i}" for i in range(1000)]


def test_ten_thousand_columns_are_read(table):
    names = [f"c{i}" for i in range(10_000)]
    numbers = np.arange(30_000).reshape(3, -1) / 8
    text = "\n".join([",".join(names), *(",".join(map(str, row)) for row in numbers.tolist())])
    columns = table(text).table(0)
    assert [column.spec.name for column in columns] == names
    np.testing.assert_array_equal(np.column_stack([column.values for column in columns]), numbers)


def test_reading_tells_how_far_it_is_and_can_be_stopped(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.source.Source.pieces.__defaults__", (100,))
    dataset, told = table("a,b\n" + "1,2\n" * 200), []
    survey(dataset, Task(lambda text, share: told.append((text, share))))
    assert told[-1] == ("Reading table.csv", 1.0)
    assert len(told) > 3
    stopped = Task()
    stopped.stop()
    with pytest.raises(CancelledError):
        survey(table("a,b\n1,2\n", "other.csv"), stopped)
    assert kinds(dataset) == {"a": "number", "b": "number"}


def test_quotation_marks_within_a_value_stay_if_they_come_in_pairs(table):
    assert values(table('a,b\n1,5" to 6"\n2,x\n', types={"b": "text"}))["b"] == ['5" to 6"', "x"]


def test_a_heading_may_be_in_a_piece_of_its_own(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.source.Source.pieces.__defaults__", (8,))
    assert values(table('length;kind\n"1,5";"a\nb"\n2,5;c\n')) == {"length": [1.5, 2.5], "kind": ["a\nb", "c"]}
