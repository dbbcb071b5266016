"""A document and the data that it names may be moved together."""
from __future__ import annotations

import pytest

from core.graph import edits
from core.io import documents
from core.io.opener import open_document
from core.params import Kind

KINDS = {"table": "table.csv", "image_folder": "pictures"}


def saved(folder, kind, path):
    folder.mkdir(parents=True, exist_ok=True)
    doc = edits.set_data(edits.empty(), {"source": Kind(kind, {"path": str(path)})})
    documents.write(doc, folder / "network.json")
    return folder / "network.json"


def path_of(doc):
    return doc.data["source"].params["path"]


@pytest.mark.parametrize("gone", ["/gone/table.csv", "C:\\gone\\table.csv", "table.csv", "./table.csv"])
def test_a_file_beside_the_document_is_found(tmp_path, gone):
    file = saved(tmp_path, "table", gone)
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    before = file.read_bytes()
    assert path_of(open_document(file)) == str(tmp_path / "table.csv")
    assert file.read_bytes() == before


def test_a_file_in_a_folder_beside_the_document_is_found(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "table.csv").write_text("another\n1\n")
    assert path_of(open_document(saved(tmp_path, "table", "/gone/data/table.csv"))) == str(
        tmp_path / "data" / "table.csv")


def test_a_folder_of_pictures_is_found(tmp_path):
    (tmp_path / "pictures").mkdir()
    file = saved(tmp_path, "image_folder", "/gone/pictures")
    assert path_of(open_document(file)) == str(tmp_path / "pictures")


def test_a_file_that_is_where_it_is_said_to_be_is_taken_from_there(tmp_path):
    (tmp_path / "there").mkdir()
    for place in (tmp_path / "there", tmp_path):
        (place / "table.csv").write_text("a,b\n1,2\n")
    file = saved(tmp_path, "table", tmp_path / "there" / "table.csv")
    assert path_of(open_document(file)) == str(tmp_path / "there" / "table.csv")


@pytest.mark.parametrize("path", ["", "/gone/table.csv", "\\", "..", "x" * 4000])
def test_what_is_nowhere_stays_as_it_is(tmp_path, path):
    assert path_of(open_document(saved(tmp_path, "table", path))) == path


def test_data_without_files_stay_as_they_are(tmp_path):
    doc = edits.set_data(edits.empty(), {"source": "spiral"})
    documents.write(doc, tmp_path / "a.json")
    assert open_document(tmp_path / "a.json") == doc
