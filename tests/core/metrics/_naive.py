"""The metrics once more, by their definitions, slowly."""
from __future__ import annotations

import math


def accuracy(truth, predicted, scores):
    return sum(t == p for t, p in zip(truth, predicted, strict=True)) / len(truth)


def top_5_accuracy(truth, predicted, scores):
    hits = 0
    for t, row in zip(truth, scores, strict=True):
        ahead = sum(s > row[t] or (s == row[t] and c > t) for c, s in enumerate(row))
        hits += ahead < 5
    return hits / len(truth)


def _counts(truth, predicted, c):
    right = sum(t == p == c for t, p in zip(truth, predicted, strict=True))
    return right, sum(p == c for p in predicted), sum(t == c for t in truth)


def _share(part, whole):
    return part / whole if whole else 0.0


def precision_of(truth, predicted, c):
    right, taken, _ = _counts(truth, predicted, c)
    return _share(right, taken)


def recall_of(truth, predicted, c):
    right, _, own = _counts(truth, predicted, c)
    return _share(right, own)


def f1_of(truth, predicted, c):
    precision, recall = precision_of(truth, predicted, c), recall_of(truth, predicted, c)
    return _share(2 * precision * recall, precision + recall)


def macro(one):
    def mean(truth, predicted, scores):
        occurring = set(truth) | set(predicted)
        return sum(one(truth, predicted, c) for c in occurring) / len(occurring)

    return mean


def weighted(one):
    def mean(truth, predicted, scores):
        return sum(one(truth, predicted, c) * truth.count(c) for c in set(truth)) / len(truth)

    return mean


def auc_of(truth, scores, c):
    """The share of pairs, one sample of the class and one of another, that the scores put in the right order."""
    own = [row[c] for t, row in zip(truth, scores, strict=True) if t == c]
    rest = [row[c] for t, row in zip(truth, scores, strict=True) if t != c]
    return sum((a > b) + 0.5 * (a == b) for a in own for b in rest) / (len(own) * len(rest))


def roc_auc(truth, predicted, scores):
    occurring = sorted(set(truth))
    if len(occurring) < 2:
        return math.nan
    if len(scores[0]) == 2:
        return auc_of(truth, scores, 1)
    return sum(auc_of(truth, scores, c) for c in occurring) / len(occurring)


def _columns(truth, predicted):
    return zip(zip(*truth, strict=True), zip(*predicted, strict=True), strict=True)


def mae(truth, predicted, scores):
    return _mean(_mean(abs(a - b) for a, b in zip(t, p, strict=True)) for t, p in _columns(truth, predicted))


def rmse(truth, predicted, scores):
    return _mean(math.sqrt(_mean((a - b) ** 2 for a, b in zip(t, p, strict=True)))
                 for t, p in _columns(truth, predicted))


def r2(truth, predicted, scores):
    def one(t, p):
        mean = _mean(t)
        whole = sum((a - mean) ** 2 for a in t)
        return 1 - sum((a - b) ** 2 for a, b in zip(t, p, strict=True)) / whole if len(set(t)) > 1 else math.nan

    return _mean(one(t, p) for t, p in _columns(truth, predicted))


def _mean(values):
    listed = list(values)
    return sum(listed) / len(listed)


NAIVE = {"accuracy": accuracy, "top_k_accuracy": top_5_accuracy, "precision": macro(precision_of),
         "recall": macro(recall_of), "f1": macro(f1_of), "roc_auc": roc_auc, "mae": mae, "rmse": rmse, "r2": r2}
