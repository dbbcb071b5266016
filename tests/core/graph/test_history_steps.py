"""The list of steps, and going to any of them at once."""
from hypothesis import given
from hypothesis import strategies as st

from core.graph import edits
from core.graph.document import Diff, Document
from core.graph.history import History
from tests.core._build import xor


def moved(doc: Document, x: float) -> Document:
    return edits.move(doc, {"dense": (x, 0.0)})


def walked(count: int = 4) -> tuple[History, list[Document], list[Diff]]:
    history = History(xor())
    states, heard = [history.document], list[Diff]()
    for x in range(1, count + 1):
        history.do(f"step {x}", moved(history.document, x))
        states.append(history.document)
    history.listeners.append(lambda change, doc: heard.append(change))
    return history, states, heard


def test_steps_name_what_led_to_each_state_also_after_undo() -> None:
    history, _, _ = walked(3)
    assert history.steps == ("", "step 1", "step 2", "step 3")
    assert history.present == 3
    history.undo()
    history.undo()
    assert history.steps == ("", "step 1", "step 2", "step 3")
    assert history.present == 1
    assert (history.undo_label, history.redo_label) == ("step 1", "step 2")


def test_a_jump_is_heard_once_and_gives_the_very_same_document() -> None:
    history, states, heard = walked()
    for index in (0, 3, 1, 4):
        history.go(index)
        assert history.document is states[index]
        assert history.present == index
    assert len(heard) == 4
    assert [old.position[0] for old, _ in heard[3].changed] == [1.0]


def test_a_jump_to_where_one_is_or_outside_does_nothing() -> None:
    history, states, heard = walked()
    for index in (4, 5, -1, 99):
        history.go(index)
    assert not heard
    assert history.document is states[-1]


def test_the_saved_state_is_known_by_its_number_until_it_is_lost() -> None:
    history, states, _ = walked()
    assert history.saved == 0
    history.mark_saved(states[2])
    assert history.saved == 2
    history.go(1)
    assert history.saved == 2
    history.do("other", moved(history.document, 9))
    assert history.saved is None


def test_a_jump_brings_the_number_of_what_is_computed_back() -> None:
    history = History(xor())
    first = history.revision
    history.do("freeze", edits.freeze(history.document, "dense", True))
    history.do("move", moved(history.document, 7))
    last = history.revision
    assert last != first
    history.go(0)
    assert history.revision == first
    history.go(2)
    assert history.revision == last


@given(st.lists(st.integers(-1, 6), max_size=20))
def test_jumps_equal_single_steps(jumps: list[int]) -> None:
    quick, slow = walked(5)[0], walked(5)[0]
    for index in jumps:
        quick.go(index)
        while 0 <= index <= 5 and slow.present != index:
            (slow.undo if slow.present > index else slow.redo)()
        assert (quick.steps, quick.present, quick.document) == (slow.steps, slow.present, slow.document)
