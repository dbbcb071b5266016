"""Can a straight line (a plane) part two classes?"""
from __future__ import annotations

import numpy as np


def separable(x: np.ndarray, y: np.ndarray, *, bias: bool = True) -> bool:
    """True if some w, b give w·x + b >= 1 for every sample of class 1 and <= -1 for every one of class 0.

    x (n, f), y (n,) with classes 0 and 1. Decided by a linear program without an objective.
    Source: Boyd & Vandenberghe 2004, Convex Optimization, section 8.6.1.
    """
    from scipy.optimize import linprog

    sign = np.where(y > 0, 1.0, -1.0)[:, None]
    rows = np.hstack([x, np.ones((len(x), 1))]) if bias else np.asarray(x)
    found = linprog(np.zeros(rows.shape[1]), A_ub=-sign * rows, b_ub=-np.ones(len(x)), bounds=(None, None))
    return bool(found.status == 0)
