"""The losses once more, in plain float64, sample by sample, straight from the textbook."""
from __future__ import annotations

import math

import numpy as np

TINY = 1e-7


def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


def softmax(row):
    raised = [math.exp(z - max(row)) for z in row]
    return [value / sum(raised) for value in raised]


def smoothed(t, label_smoothing, classes):
    return np.asarray(t, float) * (1.0 - label_smoothing) + label_smoothing / classes


def mse(p, t):
    return sum((a - b) ** 2 for a, b in zip(np.ravel(p), np.ravel(t), strict=True)) / np.size(p)


def mae(p, t):
    return sum(abs(a - b) for a, b in zip(np.ravel(p), np.ravel(t), strict=True)) / np.size(p)


def huber(p, t, delta=1.0):
    errors = [abs(a - b) for a, b in zip(np.ravel(p), np.ravel(t), strict=True)]
    return sum(e * e / 2 if e <= delta else delta * (e - delta / 2) for e in errors) / len(errors)


def cosine(p, t):
    total = 0.0
    for a, b in zip(np.asarray(p).tolist(), np.asarray(t).tolist(), strict=True):
        lengths = math.sqrt((sum(x * x for x in a) + 1e-12) * (sum(x * x for x in b) + 1e-12))
        total += 1.0 - sum(x * y for x, y in zip(a, b, strict=True)) / lengths
    return total / len(p)


def hinge_of_scores(z, t, squared=False):
    lacks = [max(0.0, 1.0 - (a if b > 0.5 else -a)) for a, b in zip(np.ravel(z), np.ravel(t), strict=True)]
    return sum(e * e if squared else e for e in lacks) / len(lacks)


def hinge(p, t, squared=False):
    kept = [min(max(a, TINY), 1.0 - TINY) for a in np.ravel(p).tolist()]
    return hinge_of_scores([math.log(a / (1.0 - a)) for a in kept], t, squared)


def entropy(t):
    return -sum(b * math.log(b) for b in np.ravel(t).tolist() if b > 0)


def divergence(p, t):
    return categorical(p, t) - entropy(t) / len(p)


def divergence_of_scores(z, t):
    return categorical_of_scores(z, t) - entropy(t) / len(z)


def weight(target, class_weights):
    """What a sample counts whose target has these shares of the classes."""
    return sum(share * w for share, w in zip(target, class_weights, strict=True)) if class_weights else 1.0


def binary(p, t, label_smoothing=0.0, class_weights=()):
    total = 0.0
    rows = zip(np.ravel(p), np.ravel(smoothed(t, label_smoothing, 2)), np.ravel(t), strict=True)
    for a, b, true in rows:
        a = min(max(a, TINY), 1.0 - TINY)
        total -= weight((1.0 - true, true), class_weights) * (b * math.log(a) + (1.0 - b) * math.log(1.0 - a))
    return total / np.size(p)


def binary_of_scores(z, t, label_smoothing=0.0, class_weights=()):
    """From log1p alone, so that no digit is lost far out."""
    total = 0.0
    soft = np.ravel(smoothed(t, label_smoothing, 2)).tolist()
    for a, b, true in zip(np.ravel(z).tolist(), soft, np.ravel(t).tolist(), strict=True):
        log_yes = -math.log1p(math.exp(-a)) if a > 0 else a - math.log1p(math.exp(a))
        log_no = -a - math.log1p(math.exp(-a)) if a > 0 else -math.log1p(math.exp(a))
        own = (b * log_yes if b else 0.0) + ((1.0 - b) * log_no if b != 1.0 else 0.0)
        total -= weight((1.0 - true, true), class_weights) * own
    return total / np.size(z)


def categorical(p, t, label_smoothing=0.0, class_weights=()):
    total = 0.0
    for row, wanted, true in zip(p, smoothed(t, label_smoothing, np.shape(p)[1]), t, strict=True):
        own = sum(b * math.log(max(a, TINY)) for a, b in zip(row, wanted, strict=True))
        total -= weight(true, class_weights) * own
    return total / len(p)


def categorical_of_scores(z, t, label_smoothing=0.0, class_weights=()):
    soft = smoothed(t, label_smoothing, z.shape[1])
    total = 0.0
    for row, wanted, true in zip(z.tolist(), soft.tolist(), t, strict=True):
        top = max(row)
        log_sum = top + math.log(sum(math.exp(v - top) for v in row))
        total -= weight(true, class_weights) * sum(b * (v - log_sum) for v, b in zip(row, wanted, strict=True) if b)
    return total / len(z)


def sparse(p, t, label_smoothing=0.0, class_weights=()):
    return categorical(p, np.eye(p.shape[1])[t], label_smoothing, class_weights)


def sparse_of_scores(z, t, label_smoothing=0.0, class_weights=()):
    return categorical_of_scores(z, np.eye(z.shape[1])[t], label_smoothing, class_weights)


def sigmoids(z):
    return np.vectorize(sigmoid)(z)


def softmaxes(z):
    return np.array([softmax(row) for row in z.tolist()])


OF_PROBABILITIES = {"mse": mse, "mae": mae, "huber": huber, "cosine_similarity": cosine, "hinge": hinge,
                    "kl_divergence": divergence, "binary_crossentropy": binary,
                    "categorical_crossentropy": categorical, "sparse_categorical_crossentropy": sparse}
OF_SCORES = {"hinge": hinge_of_scores, "kl_divergence": divergence_of_scores, "binary_crossentropy": binary_of_scores,
             "categorical_crossentropy": categorical_of_scores, "sparse_categorical_crossentropy": sparse_of_scores}
ACTIVATIONS = {"sigmoid": sigmoids, "softmax": softmaxes}
