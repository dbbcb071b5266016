"""Does every bracket that is opened get closed?"""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info
from core.params import Int

TRIES = 10
# What opens and what closes, for each sort.
PAIRS = ("()", "[]", "{}", "⟨⟩", *((f"({number}", f"{number})") for number in range(5, 9)))


class Brackets(Dataset):
    """Rows of brackets, half of them balanced; the others are balanced ones with a single fault.

    The number 0 is padding, 1 and 2 open and close the first sort of bracket, 3 and 4 the second, and so on. Rows have
    an even number of brackets, from half the length up, and are padded in front. All balanced rows of a length are
    equally likely. The fault is a bracket that is turned round, two brackets that have changed places, or, with more
    sorts than one, a closing bracket of the wrong sort.

    Shapes: x (samples, length); y (samples,), 1 for a balanced row.

    Source: Arnold & Sleep 1980, Uniform random generation of balanced parenthesis strings.
    """

    info = Info("brackets", "Brackets", "Rows of brackets, balanced or not", category="Generated",
                keywords=("sequence", "parentheses", "dyck", "tokens", "words", "recurrent", "lstm", "grammar"))
    samples = Int(default=2000, low=2, high=100_000, doc="How many rows, half of them balanced.")
    length = Int(default=16, low=4, high=200, doc="How many places a row has.")
    sorts = Int(default=1, low=1, high=8, doc="How many sorts of brackets there are.")

    def spec(self) -> DataSpec:
        return DataSpec((self.length,), classes=("unbalanced", "balanced"), samples=self.samples,
                        target_names=("brackets",), tokens=1 + 2 * self.sorts,
                        words=("·", *(word for pair in PAIRS[: self.sorts] for word in pair)))

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        even = np.arange(2, self.length + 1, 2)
        words = _words(rng.choice(even[2 * even >= self.length], self.samples), self.length, self.sorts, rng)
        y = rng.permutation(np.arange(self.samples) % 2)
        words[y == 0] = _spoilt(words[y == 0], self.sorts, rng)
        return Samples(words.astype(np.float32), y.astype(np.intp))


def _words(sizes: np.ndarray, length: int, sorts: int, rng: np.random.Generator) -> np.ndarray:
    """Balanced rows (n, length) of `sizes` (n,) brackets each, padded in front."""
    n, every = len(sizes), np.arange(len(sizes))
    words, depth, stack = np.zeros((n, length), np.intp), np.zeros(n, np.intp), np.zeros((n, length + 1), np.intp)
    for place in range(length):
        left = length - place
        there = sizes >= left
        # As many balanced rows as go on with an opening bracket, as a share of all that go on from here.
        share = (depth + 2) * (left - depth) / (2 * left * (depth + 1))
        opens = there & (rng.random(n) < share)
        closes = there & ~opens
        stack[opens, depth[opens]] = rng.integers(0, sorts, n)[opens]
        depth[closes] -= 1
        sort = stack[every, depth]
        words[:, place] = np.where(there, 1 + 2 * sort + closes, 0)
        depth[opens] += 1
    return words


def _spoilt(words: np.ndarray, sorts: int, rng: np.random.Generator) -> np.ndarray:
    """Balanced rows (n, length), each with one fault."""
    way = rng.integers(0, 3 if sorts > 1 else 2, len(words))
    found = words.copy()
    found[way == 0] = _turned(words[way == 0], rng)
    found[way == 1] = _swapped(words[way == 1], rng)
    found[way == 2] = _of_another_sort(words[way == 2], sorts, rng)
    return found


def _turned(words: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows with one bracket turned round."""
    every, place = np.arange(len(words)), _places(words > 0, rng)
    words[every, place] = (words[every, place] - 1 ^ 1) + 1
    return words


def _swapped(words: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows with two brackets in each other's place, so that they are not balanced any more."""
    result = words.copy()
    todo = np.arange(len(words))
    for _ in range(TRIES):
        one, other = _places(words[todo] > 0, rng), _places(words[todo] > 0, rng)
        result[todo] = words[todo]
        result[todo, one], result[todo, other] = words[todo, other], words[todo, one]
        todo = todo[balanced(result[todo])]
    # The first bracket opens and the last one closes, whatever is between them.
    first = (words[todo] > 0).argmax(axis=1)
    result[todo] = words[todo]
    result[todo, first], result[todo, -1] = words[todo, -1], words[todo, first]
    return result


def _of_another_sort(words: np.ndarray, sorts: int, rng: np.random.Generator) -> np.ndarray:
    """Rows with one closing bracket of another sort than the one that it closes."""
    every, place = np.arange(len(words)), _places((words > 0) & (words % 2 == 0), rng)
    further = rng.integers(1, sorts, len(words)) if len(words) else 0
    words[every, place] = 2 + (words[every, place] - 2 + 2 * further) % (2 * sorts)
    return words


def _places(allowed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A place (n,) for each row of allowed (n, length), all that are allowed equally likely."""
    place: np.ndarray = np.where(allowed, rng.random(allowed.shape), -1.0).argmax(axis=1)
    return place


def balanced(words: np.ndarray) -> np.ndarray:
    """Whether each row of words (n, length) is balanced (n,)."""
    n, every = len(words), np.arange(len(words))
    depth, stack = np.zeros(n, np.intp), np.zeros((n, words.shape[1] + 1), np.intp)
    right = np.ones(n, bool)
    for word in words.T:
        opens, closes = word % 2 == 1, (word > 0) & (word % 2 == 0)
        stack[opens, depth[opens]] = word[opens]
        depth[opens] += 1
        right &= ~closes | (depth > 0) & (stack[every, np.maximum(depth - 1, 0)] == word - 1)
        depth[closes] = np.maximum(depth[closes] - 1, 0)
    ended: np.ndarray = right & (depth == 0)
    return ended
