"""Training beside PyTorch and scikit-learn: the same network on the same samples, in turns."""
from __future__ import annotations

from collections.abc import Callable, Iterable

from core.graph.document import Document
from tests.bench import cases, models, peers
from tests.bench.ours import Steps, Training, invent
from tests.bench.rows import Contestant, Row, against, alternate


def xor(rounds: int, quick: bool) -> list[Row]:
    """Everything is call overhead."""
    epochs = 300 if quick else 3000
    return _small("xor", "2-4-1, full batch, SGD", cases.xor(), epochs, models.xor, 5.0, rounds)


def spiral(rounds: int, quick: bool) -> list[Row]:
    """Small batches, gathered in a new order every epoch."""
    epochs = 4 if quick else 40
    return _small("spiral", "2-8-8-1 tanh, batch 10, SGD", cases.spiral(), epochs, models.spiral, 4.0, rounds)


def _small(case: str, what: str, document: Document, epochs: int, others: Callable[..., list[peers.Torch]],
           least: float, rounds: int) -> list[Row]:
    ours, bare = Training(document, epochs), Steps(document, epochs)
    torch = others(ours.session.parts.train, max(epochs // 5, 2))
    rates = alternate([ours, bare, *torch], rounds)
    names = [contestant.name for contestant in torch]
    return [against(case, what, rates, ours.name, names, "PyTorch", least),
            against(case, "the same, without a run around it", rates, bare.name, names, "PyTorch", None)]


def mlp(rounds: int, quick: bool) -> list[Row]:
    """Matrix products and memory traffic."""
    ours = Training(cases.mlp(1280 if quick else cases.MNIST["samples"]), 1)
    # The peers draw their batches from the same samples, but need not go through all of them in a round.
    train = ours.session.parts.train
    samples = 640 if quick else len(train) // 5
    torch = models.mlp(train, steps=-(-samples // 64))
    sklearn = [peers.Sklearn(f"scikit-learn, {n} BLAS thread{'s' if n > 1 else ''}", train, samples, n) for n in (1, 2)]
    contestants: list[Contestant] = [ours, *torch, *sklearn]
    rates = alternate(contestants, rounds)
    what = "784-256-128-10, dropout, Adam, batch 64"
    return [*_both("mlp", what, rates, torch, 3.0),
            against("mlp", what, rates, ours.name, [s.name for s in sklearn], "scikit-learn", 1.5)]


def cnn(rounds: int, quick: bool) -> list[Row]:
    """Convolution, which is copying and matrix products."""
    return _large("cnn", "Conv 8, Conv 16, MaxPool, Dense 10 on 28 × 28, Adam, batch 64", 1.0, rounds,
                  64 * (5 if quick else 50))


def _recurrent(case: str, title: str, rounds: int, quick: bool) -> list[Row]:
    return _large(case, f"Embedding 50, {title} 128, Dense 10, T 50, Adam, batch 32", 1.2, rounds,
                  32 * (5 if quick else 40))


def rnn(rounds: int, quick: bool) -> list[Row]:
    """Many small steps behind one another."""
    return _recurrent("rnn", "SimpleRNN", rounds, quick)


def lstm(rounds: int, quick: bool) -> list[Row]:
    """The same with four gates."""
    return _recurrent("lstm", "LSTM", rounds, quick)


def gru(rounds: int, quick: bool) -> list[Row]:
    """The same with three gates."""
    return _recurrent("gru", "GRU", rounds, quick)


def transformer(rounds: int, quick: bool) -> list[Row]:
    """Attention, norms and products of middling size."""
    what = "Transformer encoder d 64, 4 heads, 256 hidden, T 64, Adam, batch 32"
    return _large("transformer", what, 1.0, rounds, 32 * (5 if quick else 40))


def _large(case: str, what: str, least: float, rounds: int, samples: int) -> list[Row]:
    document = cases.TRAINED[case]()
    ours = Training(document, 1, invent(document, samples))
    torch = models.MODELS[case](ours.session.parts.train, ours.session.rule.batches)
    contestants: list[Contestant] = [ours, *torch]
    return _both(case, what, alternate(contestants, rounds), torch, least)


def _both(case: str, what: str, rates: dict[str, list[float]], torch: list[peers.Torch], least: float) -> list[Row]:
    """Against PyTorch's optimizer as it comes, and against the one that is a single kernel."""
    plain, fused = ([t.name for t in torch if ("fused" in t.name) is wanted] for wanted in (False, True))
    return [against(case, what, rates, Training.name, plain, "PyTorch", least),
            against(case, "the same, Adam fused", rates, Training.name, fused, "PyTorch, fused", least)]


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {
    bench.__name__: bench for bench in (xor, spiral, mlp, cnn, rnn, lstm, gru, transformer)
}
