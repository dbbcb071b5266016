"""layerloom predict: what a trained network makes of new data."""
from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def iris(tmp_path_factory):
    """A trained network with its folder."""
    folder = tmp_path_factory.mktemp("iris")
    assert main(["train", "example:iris", "--epochs", "30", "--out", str(folder), "--quiet"]) == 0
    return folder


def predict(folder, data, output, file="network.json"):
    return main(["predict", str(folder / file), "--weights", str(folder / "weights.safetensors"),
                 "--input", str(data), "--output", str(output)])


def test_every_sample_gets_a_class_with_the_probability_of_each(iris, tmp_path):
    assert predict(iris, "dataset:iris", tmp_path / "said.csv") == 0
    names, *said = rows(tmp_path / "said.csv")
    assert names == ["prediction", "probability setosa", "probability versicolor", "probability virginica"]
    assert len(said) == 150
    shares = np.array([row[1:] for row in said], float)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-5)
    right = np.repeat(["setosa", "versicolor", "virginica"], 50)
    assert (np.array([row[0] for row in said]) == right).mean() > 0.9


def test_a_table_is_read_by_its_column_names_in_any_order_and_its_other_columns_are_left(iris, tmp_path):
    lines = ["petal width (cm),owner,petal length (cm),sepal width (cm),sepal length (cm)", "0.2,Ann,1.4,3.5,5.1",
             "2.3,Bo,5.9,3.2,6.8"]
    (tmp_path / "mine.csv").write_text("\n".join(lines), encoding="utf-8")
    assert predict(iris, tmp_path / "mine.csv", tmp_path / "said.csv") == 0
    assert [row[0] for row in rows(tmp_path / "said.csv")[1:]] == ["setosa", "virginica"]


def test_arrays_are_read_as_they_are(iris, tmp_path):
    np.save(tmp_path / "mine.npy", np.array([[5.1, 3.5, 1.4, 0.2], [6.8, 3.2, 5.9, 2.3]]))
    assert predict(iris, tmp_path / "mine.npy", tmp_path / "said.csv") == 0
    assert [row[0] for row in rows(tmp_path / "said.csv")[1:]] == ["setosa", "virginica"]


def test_a_column_that_is_missing_is_named_and_nothing_is_written(iris, tmp_path, capsys):
    (tmp_path / "mine.csv").write_text("sepal length (cm),petal width (cm)\n5.1,0.2\n6.8,2.3\n", encoding="utf-8")
    assert predict(iris, tmp_path / "mine.csv", tmp_path / "said.csv") == 1
    assert "sepal width (cm)" in capsys.readouterr().err
    assert not (tmp_path / "said.csv").exists()


@pytest.mark.parametrize("data", ["dataset:irs", "nowhere.csv"])
def test_data_that_are_not_there_are_named(iris, tmp_path, capsys, data):
    assert predict(iris, data, tmp_path / "said.csv") == 1
    told = capsys.readouterr().err
    assert data.removeprefix("dataset:") in told
    assert "Traceback" not in told


def test_pictures_are_predicted_file_by_file(tmp_path):
    folder = tmp_path / "digits"
    assert main(["train", "example:digits-mlp", "--epochs", "5", "--out", str(folder), "--quiet"]) == 0
    mine = tmp_path / "mine"
    mine.mkdir()
    for number in range(2):
        pixels = np.zeros((64, 64), np.uint8)
        pixels[6:58, 28:36] = 255
        Image.fromarray(np.rot90(pixels, number)).save(mine / f"{number}.png")
    (mine / "notes.txt").write_text("no picture")
    assert predict(folder, mine, tmp_path / "said.csv") == 0
    names, *said = rows(tmp_path / "said.csv")
    assert names[:2] == ["file", "prediction"]
    assert [row[0] for row in said] == ["0.png", "1.png"]
    assert predict(folder, mine / "1.png", tmp_path / "one.csv") == 0
    (file, best, *shares), = rows(tmp_path / "one.csv")[1:]
    assert [file, best] == said[1][:2]
    np.testing.assert_allclose(np.array(shares, float), np.array(said[1][2:], float), rtol=1e-4)


def test_weights_of_another_network_are_refused(iris, tmp_path, capsys):
    assert main(["train", "example:xor-mlp", "--epochs", "1", "--out", str(tmp_path), "--quiet"]) == 0
    assert main(["predict", str(iris / "network.json"), "--weights", str(tmp_path / "weights.npz"),
                 "--input", "dataset:iris", "--output", str(tmp_path / "said.csv")]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_the_file_is_written_where_it_is_wanted(iris, tmp_path, capsys):
    out = Path(tmp_path / "said.csv")
    predict(iris, "dataset:iris", out)
    assert f"150 predictions are in {out}." in capsys.readouterr().err
