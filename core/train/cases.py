"""What the network says about each sample of a part, beside the truth."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.train.cached import while_weights_stay
from core.train.gallery import Gallery, apart, gallery
from core.train.judging import few
from core.train.prediction import Kind, Prediction, read
from core.train.sampling import part_of, raw_columns, sizes

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """n samples of `part`, evenly chosen of `total`; `numbers` (n,) are their places in it.

    losses (n,) float64: the loss of each as if it were alone; `mean` is their mean. By `kind`: for "classes" `said` and
    `truth` are class numbers (n,) of `names`; for "labels" 0 or 1 (n, k), for "numbers" numbers in the data's own units
    (n, k), both of `names`; for "values", where the input is given back, (n, k) as the network has them. sure (n,) from
    0 to 1 is how sure it is of what it says, right (n,) whether that is the truth, and chances (n, k) how sure it is of
    each of the names, for classes and labels; None where there is no such thing.
    `pictures` are truth and prediction as pictures, if these are some. `parts` are those that have samples.
    """

    kind: Kind
    part: str
    parts: tuple[str, ...]
    total: int
    numbers: np.ndarray
    losses: np.ndarray
    mean: float
    names: tuple[str, ...]
    said: np.ndarray
    truth: np.ndarray
    gallery: Gallery
    sure: np.ndarray | None = None
    right: np.ndarray | None = None
    pictures: tuple[np.ndarray, np.ndarray] | None = None
    chances: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which samples somebody wants to see, and in which order: "worst" or "best" by loss, "unsure", or "order"."""

    order: str = "worst"
    truth: int | None = None
    predicted: int | None = None
    errors: bool = False


def cases(session: Session, part: str) -> Cases:
    """Judge a part, the first to look at if that has no samples. While the weights stay it is the same object."""
    chosen = part_of(session, part)
    return while_weights_stay(session, ("cases", chosen), lambda: _made(session, chosen))


def ranked(found: Cases, wish: Wish) -> np.ndarray:
    """Places of the wanted samples among those that were judged, in the wanted order; what is no number is worst."""
    keep = np.ones(len(found), bool)
    if found.kind == "classes":
        for values, wanted in ((found.truth, wish.truth), (found.said, wish.predicted)):
            if wanted is not None:
                keep &= values == wanted
    if wish.errors and found.right is not None:
        keep &= ~found.right
    places = np.flatnonzero(keep)
    if wish.order == "order" or (wish.order == "unsure" and found.sure is None):
        return places
    keys = found.sure if wish.order == "unsure" and found.sure is not None else np.nan_to_num(found.losses, nan=np.inf)
    keys = keys[places].astype(np.float64)
    return np.asarray(places[np.argsort(-keys if wish.order == "worst" else keys, kind="stable")])


def _made(session: Session, part: str) -> Cases:
    numbers, taken = few(session, part)
    output, losses = session.network.judge(taken)
    answer = read(session, output)
    said, truth, sure, right = _verdict(session, answer, taken)
    parts = tuple(name for name, _ in sizes(session))
    pictures = _pictures(session, answer, truth, said)
    names = answer.names if answer.kind != "values" else _input_names(session, part, answer.values.shape[1])
    return Cases(answer.kind, part, parts, dict(sizes(session))[part], numbers, losses, float(losses.mean()), names,
                 said, truth, gallery(session, part), sure, right, pictures,
                 answer.values if answer.kind in ("classes", "labels") else None)


Verdict = tuple[np.ndarray, np.ndarray, np.ndarray | None, np.ndarray | None]


def _verdict(session: Session, answer: Prediction, samples: Samples) -> Verdict:
    """What was said, what is true, how sure that was, and whether it is right."""
    values = answer.values
    if answer.best is not None:
        sure = np.clip(values[np.arange(len(values)), answer.best], 0.0, 1.0)
        return answer.best, samples.y, sure, answer.best == samples.y
    if answer.kind == "labels":
        said, truth = (values > 0.5).astype(np.intp), (samples.y > 0.5).astype(np.intp)
        sure = np.clip(np.maximum(values, 1.0 - values).min(axis=1), 0.0, 1.0)
        return said, truth, sure, (said == truth).all(axis=1)
    if answer.kind == "numbers":
        return values, session.parts.own(samples.y.reshape(len(samples), -1)), None, None
    return values, samples.x.reshape(len(samples), -1), None, None


def _pictures(session: Session, answer: Prediction, truth: np.ndarray,
              said: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Truth and prediction as pictures, where they have as many numbers as a picture of the data, or one channel."""
    if answer.kind not in ("numbers", "values") or session.parts.spec.pixels is None:
        return None
    found = as_pictures(truth, session.parts.spec.pixels), as_pictures(said, session.parts.spec.pixels)
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def as_pictures(flat: np.ndarray, pixels: tuple[int, int, int]) -> np.ndarray | None:
    """Rows (n, k) as pictures (n, height, width) or (n, height, width, 3), or None if they have other sizes."""
    height, width, channels = pixels
    for count in (channels, 1):
        if flat.shape[1] == height * width * count and count in (1, 3):
            shape = (len(flat), height, width) if count == 1 else (len(flat), height, width, count)
            return flat.reshape(shape)
    return None


def _input_names(session: Session, part: str, count: int) -> tuple[str, ...]:
    names = tuple(one.spec.name for column in raw_columns(session, part) for one in apart(column)) \
        if session.parts.raw is None else session.parts.spec.features
    return names if len(names) == count else tuple(f"value {i + 1}" for i in range(count))
