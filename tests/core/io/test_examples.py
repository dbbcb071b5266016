import json

import pytest

from core.errors import FormatError
from core.graph.check import check
from core.io import documents, examples
from core.io.examples import EXAMPLES, FOLDER
from core.io.migrations import VERSION
from tests.core.datasets._idx_files import write_mnist

IDS = ["perceptron-and", "perceptron-or", "perceptron-xor", "neuron-line", "xor-mlp", "spiral", "spiral-features",
       "rings", "regression-plane", "iris", "wine", "diabetes", "digits-mlp", "tabular-classification",
       "brackets-lstm", "sentences", "autoencoder", "gan", "mnist-small", "mnist-mlp", "mnist-cnn",
       "transformer-parts"]
CARD, ROOM = (176, 56), 40


@pytest.fixture
def found_mnist(tmp_path, monkeypatch):
    """Networks on MNIST are sound only where its files are."""
    write_mnist(tmp_path / "mnist")
    monkeypatch.setenv("LAYERLOOM_DATA", str(tmp_path))


def kinds(document):
    """The kinds in the order of the wires."""
    following = {edge.source: edge.target for edge in document.edges}
    name, found = "input", []
    while name:
        found.append(document.nodes[name].kind)
        name = following.get(name)
    return found


def units(document):
    return sorted((n.params["units"] for n in document.nodes.values() if n.kind == "dense"), reverse=True)


def test_the_examples_ship_in_the_order_in_which_they_are_to_be_met():
    assert list(EXAMPLES) == IDS
    assert all(EXAMPLES[name].id == name and EXAMPLES[name].path == FOLDER / f"{name}.json" for name in EXAMPLES)


def test_every_example_has_a_title_and_one_sentence():
    assert len({example.title for example in EXAMPLES.values()}) == len(EXAMPLES)
    for example in EXAMPLES.values():
        assert 0 < len(example.title) <= 24
        assert example.summary.endswith(".")
        assert len(example.summary) <= 120


@pytest.mark.usefixtures("found_mnist")
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_problems_not_even_a_warning(name):
    assert check(examples.load(name)).problems == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_written_as_it_would_be_saved(name):
    assert documents.dumps(examples.load(name)) == EXAMPLES[name].path.read_text("utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_in_the_present_format(name):
    assert json.loads(EXAMPLES[name].path.read_bytes())["version"] == VERSION


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_cards_of_an_example_stand_apart_on_the_grid(name):
    places = [node.position for node in examples.load(name).nodes.values()]
    assert all(x % 8 == y % 8 == 0 for x, y in places)
    for i, (x, y) in enumerate(places):
        for left, top in places[i + 1:]:
            assert abs(x - left) >= CARD[0] + ROOM or abs(y - top) >= CARD[1] + ROOM


def test_the_settings_are_those_that_the_examples_are_known_for():
    xor = examples.load("xor-mlp")
    assert kinds(xor) == ["input", "dense", "sigmoid", "dense", "sigmoid", "output"]
    assert units(xor) == [4, 1]
    assert xor.nodes["output"].params["loss"].kind == "mse"
    assert (xor.training["learning_rate"], xor.training["epochs"], xor.training["batch_size"]) == (1.0, 5000, 0)
    line = examples.load("neuron-line")
    assert kinds(line) == ["input", "dense", "relu", "dense", "sigmoid", "output"]
    assert line.data["source"].params["samples"] == 100
    assert (line.training["learning_rate"], line.training["epochs"]) == (0.1, 1000)
    table = examples.load("tabular-classification")
    assert kinds(table) == ["input", "dense", "relu", "dropout", "dense", "relu", "dropout", "dense", "sigmoid",
                            "output"]
    assert units(table) == [64, 32, 1]
    assert table.training["optimizer"].kind == "adam"
    assert (table.training["batch_size"], table.training["epochs"]) == (32, 50)
    assert table.data["test"] == 0.2


def test_features_let_a_spiral_do_with_one_hidden_layer():
    document = examples.load("spiral-features")
    assert kinds(document) == ["input", "dense", "tanh", "dense", "sigmoid", "output"]
    step, = document.data["steps"]
    chosen = [name for name, on in step.params.items() if on]
    assert step.kind == "plane_features"
    assert sorted(chosen) == ["sin_x1", "sin_x2", "x1", "x1_squared", "x1_times_x2", "x2", "x2_squared"]
    assert document.data["source"].kind == examples.load("spiral").data["source"].kind == "spiral"


def test_the_slope_is_learned_by_one_linear_neuron():
    document = examples.load("regression-plane")
    assert kinds(document) == ["input", "dense", "output"]
    assert (units(document), document.nodes["output"].params["loss"].kind) == ([1], "mse")


def test_the_numbers_of_diabetes_are_scaled_and_so_is_what_is_predicted():
    assert [step.kind for step in examples.load("diabetes").data["steps"]] == ["standardise", "scale_target"]


def test_the_words_of_brackets_are_embedded_as_they_are():
    document = examples.load("brackets-lstm")
    words = document.data["source"].params["sorts"] * 2 + 1
    assert kinds(document) == ["input", "embedding", "lstm", "dense", "sigmoid", "output"]
    assert document.data["steps"] == ()
    assert document.nodes["embedding"].params["input_dim"] == words
    assert document.nodes["embedding"].params["padding_index"] == 0


@pytest.mark.parametrize(("name", "widths"), [("mnist-small", [128, 10]), ("mnist-mlp", [256, 128, 10])])
def test_the_mnist_networks_are_those_that_the_field_compares(name, widths):
    document = examples.load(name)
    assert units(document) == widths
    assert [n.params["rate"] for n in document.nodes.values() if n.kind == "dropout"] == [0.2] * (len(widths) - 1)
    assert kinds(document) == ["input", *["dense", "relu", "dropout"] * (len(widths) - 1), "dense", "softmax", "output"]
    assert document.data["source"].params["scale"] == "normal"
    assert document.training["optimizer"].kind == "adam"
    settings = ("learning_rate", "batch_size", "epochs")
    assert [document.training[setting] for setting in settings] == [0.001, 64, 5]


def test_the_convolution_for_mnist_is_normalised_and_pooled():
    steps = kinds(examples.load("mnist-cnn"))
    assert steps.count("conv2d") == steps.count("batch_norm") == steps.count("max_pool2d") == 2


def test_the_autoencoder_squeezes_what_it_gives_back():
    document = examples.load("autoencoder")
    assert kinds(document) == ["input", "dense", "relu", "dense", "dense", "relu", "dense", "sigmoid", "output"]
    assert document.training["rule"] == "autoencoder"
    assert document.nodes["pixels"].params["units"] == 64
    assert document.nodes["code"].params["units"] < 64 / 4


def test_the_adversaries_meet_where_samples_are_real_or_generated():
    document = examples.load("gan")
    assert document.training["rule"] == "adversarial"
    assert document.sources("either") == {"real": "input", "generated": "made"}
    assert kinds(document) == ["input", "real_or_generated", "dense", "leaky_relu", "dense", "sigmoid", "output"]


def test_the_transformer_from_parts_adds_and_norms_twice():
    found = [node.kind for node in examples.load("transformer-parts").nodes.values()]
    assert "transformer_encoder" not in found
    assert [found.count(kind) for kind in ("multi_head_attention", "add", "layer_norm")] == [1, 2, 2]


@pytest.mark.parametrize(("name", "hint"), [("xor_mlp", "'xor-mlp'"), ("zzzz", "perceptron-and")])
def test_an_unknown_example_is_refused_with_one_that_exists(name, hint):
    with pytest.raises(FormatError, match="no example") as caught:
        examples.load(name)
    assert hint in caught.value.problem.hint
