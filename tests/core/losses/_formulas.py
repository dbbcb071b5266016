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


def mse(p, t):
    return sum((a - b) ** 2 for a, b in zip(np.ravel(p), np.ravel(t), strict=True)) / np.size(p)


def binary(p, t):
    total = 0.0
    for a, b in zip(np.ravel(p), np.ravel(t), strict=True):
        a = min(max(a, TINY), 1.0 - TINY)
        total -= b * math.log(a) + (1.0 - b) * math.log(1.0 - a)
    return total / np.size(p)


def binary_of_scores(z, t):
    """From log1p alone, so that no digit is lost far out."""
    total = 0.0
    for a, b in zip(np.ravel(z).tolist(), np.ravel(t).tolist(), strict=True):
        log_yes = -math.log1p(math.exp(-a)) if a > 0 else a - math.log1p(math.exp(a))
        log_no = -a - math.log1p(math.exp(-a)) if a > 0 else -math.log1p(math.exp(a))
        total -= (b * log_yes if b else 0.0) + ((1.0 - b) * log_no if b != 1.0 else 0.0)
    return total / np.size(z)


def categorical(p, t):
    return -sum(b * math.log(max(a, TINY)) for a, b in zip(np.ravel(p), np.ravel(t), strict=True)) / len(p)


def categorical_of_scores(z, t):
    total = 0.0
    for row, wanted in zip(z.tolist(), t.tolist(), strict=True):
        top = max(row)
        log_sum = top + math.log(sum(math.exp(v - top) for v in row))
        total -= sum(b * (v - log_sum) for v, b in zip(row, wanted, strict=True) if b)
    return total / len(z)


def sparse(p, t):
    return -sum(math.log(max(row[label], TINY)) for row, label in zip(p.tolist(), t.tolist(), strict=True)) / len(p)


def sparse_of_scores(z, t):
    return categorical_of_scores(z, np.eye(z.shape[1])[t])


OF_PROBABILITIES = {"mse": mse, "binary_crossentropy": binary, "categorical_crossentropy": categorical,
                    "sparse_categorical_crossentropy": sparse}
OF_SCORES = {"binary_crossentropy": binary_of_scores, "categorical_crossentropy": categorical_of_scores,
             "sparse_categorical_crossentropy": sparse_of_scores}
ACTIVATIONS = {"binary_crossentropy": lambda z: np.vectorize(sigmoid)(z),
               "categorical_crossentropy": lambda z: np.array([softmax(row) for row in z.tolist()]),
               "sparse_categorical_crossentropy": lambda z: np.array([softmax(row) for row in z.tolist()])}
