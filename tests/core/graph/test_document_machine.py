"""A random user: whatever is done, undone and redone in any order, the document stays whole."""
from __future__ import annotations

import math

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.errors import CoreError, Problem
from core.graph import edits, furniture
from core.graph.check import Report, check
from core.graph.document import COLOURS, Diff, Document, Edge, Node, Note, diff
from core.graph.history import History
from core.graph.order import loop_members, order
from core.io import documents
from core.layers import LAYERS

NUMBER = st.one_of(st.integers(-3, 70_000), st.floats(), st.booleans(), st.none(), st.text(max_size=3))
VALUE = st.one_of(NUMBER, st.lists(st.integers(-1, 5), max_size=5), st.sampled_from([
    "he_normal", "zeros", "mse", "binary_crossentropy", "categorical_crossentropy", "iris", "adam", "perceptron",
    "standardise", "one_hot", {"kind": "normal", "params": {"scale": 0.5}}, {"kind": "moons", "params": {"noise": 0.2}},
    {"kind": "make_classification", "params": {"informative": 30}}]))
PLACE = st.one_of(st.floats(), st.integers(-10**7, 10**7), st.floats(-500, 500))
WHERE = st.tuples(PLACE, PLACE)
COLOUR = st.sampled_from([*COLOURS, "pink"])
MERGE = st.sampled_from([None, None, "drag", "slide"])


def attempt(edit, doc: Document) -> tuple[Document | None, Problem | None]:
    """The edited document, or why it is refused."""
    try:
        return edit(doc), None
    except CoreError as error:
        return None, error.problem


class User(RuleBasedStateMachine):
    """Keeps the trail of documents that undo and redo must lead along, and two views that only see diffs."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(edits.empty())
        self.trail: list[Document] = [self.history.document]
        self.at = 0
        self.merging: str | None = None
        self.view: dict[str, Node] = {}
        self.wires: set[Edge] = set()
        self.settings = (self.history.document.data, self.history.document.training)
        self.furniture = (self.history.document.notes, self.history.document.groups)
        self.count = 0
        self.history.listeners.append(self.follow)

    def follow(self, change: Diff, document: Document) -> None:
        """What a canvas does: it looks at the difference only."""
        assert change, "nobody is told that nothing changed"
        for node in change.removed:
            assert self.view.pop(node.id) == node
        for node in change.added:
            assert self.view.setdefault(node.id, node) is node
        for old, new in change.changed:
            assert self.view[new.id] == old
            self.view[new.id] = new
        assert self.wires.issuperset(change.unlinked)
        self.wires -= set(change.unlinked)
        assert self.wires.isdisjoint(change.linked)
        self.wires |= set(change.linked)
        data, training = self.settings
        self.settings = (document.data if change.data else data, document.training if change.training else training)
        notes, groups = self.furniture
        self.furniture = (document.notes if change.notes else notes, document.groups if change.groups else groups)

    def do(self, edit, merge: str | None = None) -> None:
        """Try an edit: it gives a new document or refuses with a CoreError that has something to say."""
        before = self.history.document
        after, problem = attempt(edit, before)
        if after is None:
            assert problem.message.endswith((".", "?"))
            return
        expected = diff(before, after)
        joined = merge is not None and merge == self.merging and self.at == len(self.trail) - 1
        assert self.history.do("edit", after, merge=merge) == bool(expected)
        if not expected:
            assert self.history.document is before
            return
        del self.trail[self.at + 1 :]
        if joined:
            self.trail[self.at] = after
        else:
            self.trail.append(after)
            self.at += 1
        self.merging = merge

    def some(self, data, most: int = 1) -> list[str]:
        names = sorted(self.history.document.nodes)
        return data.draw(st.lists(st.sampled_from([*names, "nobody"]), min_size=1, max_size=most))

    @initialize()
    def start(self) -> None:
        for kind in ("input", "dense", "output"):
            self.do(lambda doc, kind=kind: edits.add_node(doc, Node(edits.fresh_id(doc, kind), kind)))

    @rule(kind=st.sampled_from([*LAYERS, "no_such_layer"]), where=WHERE, data=st.data())
    def add(self, kind, where, data) -> None:
        self.count += 1
        name = data.draw(st.sampled_from([f"n{self.count}", f"n{self.count}", "input", "", "Zoë's nöde"]))
        self.do(lambda doc: edits.add_node(doc, Node(name, kind, position=where)))

    @rule(data=st.data())
    def remove(self, data) -> None:
        names = self.some(data, 3)
        self.do(lambda doc: edits.remove_nodes(doc, names))

    @rule(data=st.data(), port=st.sampled_from(["x", "x", "x", "y"]))
    def connect(self, data, port) -> None:
        source, target = self.some(data)[0], self.some(data)[0]
        edge = Edge(source, target, port)
        reason = edits.refusal(self.history.document, edge)
        before = self.history.document
        self.do(lambda doc: edits.connect(doc, edge))
        assert (reason is None) == (edge in self.history.document.edges) or edge in before.edges

    @precondition(lambda self: self.history.document.edges)
    @rule(data=st.data())
    def disconnect(self, data) -> None:
        edges = data.draw(st.lists(st.sampled_from(sorted(self.history.document.edges)), min_size=1, max_size=2))
        self.do(lambda doc: edits.disconnect(doc, edges))

    @rule(data=st.data(), value=VALUE, merge=MERGE)
    def set_params(self, data, value, merge) -> None:
        (name,) = self.some(data)
        node = self.history.document.nodes.get(name)
        params = sorted(LAYERS[node.kind].params) if node else []
        param = data.draw(st.sampled_from([*params, *params, "no_such_param"]))
        self.do(lambda doc: edits.set_params(doc, name, {param: value}), merge)

    @rule(data=st.data(), where=WHERE, merge=MERGE)
    def move(self, data, where, merge) -> None:
        names = self.some(data, 3)
        self.do(lambda doc: edits.move(doc, dict.fromkeys(names, where)), merge)

    @rule(data=st.data(), title=st.text(max_size=100))
    def rename(self, data, title) -> None:
        (name,) = self.some(data)
        self.do(lambda doc: edits.rename(doc, name, title))

    @rule(data=st.data(), frozen=st.booleans())
    def freeze(self, data, frozen) -> None:
        (name,) = self.some(data)
        self.do(lambda doc: edits.freeze(doc, name, frozen))

    @rule(text=st.text(max_size=20), where=WHERE, size=WHERE, colour=COLOUR)
    def add_note(self, text, where, size, colour) -> None:
        name = furniture.fresh_note(self.history.document)
        self.do(lambda doc: furniture.add_note(doc, Note(name, text, where, size, colour)))

    @rule(data=st.data(), text=st.none() | st.text(max_size=20), colour=COLOUR, where=WHERE, merge=MERGE)
    def change_note(self, data, text, colour, where, merge) -> None:
        name = data.draw(st.sampled_from([*sorted(self.history.document.notes), "nowhere"]))
        self.do(lambda doc: furniture.change_note(doc, name, text=text, colour=colour))
        self.do(lambda doc: furniture.move_notes(doc, {name: where}), merge)

    @rule(data=st.data())
    def remove_note(self, data) -> None:
        name = data.draw(st.sampled_from([*sorted(self.history.document.notes), "nowhere"]))
        self.do(lambda doc: furniture.remove_notes(doc, [name]))

    @rule(data=st.data(), title=st.text(max_size=100), colour=COLOUR)
    def group(self, data, title, colour) -> None:
        names = self.some(data, 4)
        self.do(lambda doc: furniture.group(doc, names, title, colour))

    @rule(data=st.data(), collapsed=st.booleans(), way=st.sampled_from(["collapse", "join", "leave", "dissolve"]))
    def change_group(self, data, collapsed, way) -> None:
        name = data.draw(st.sampled_from([*sorted(self.history.document.groups), "nowhere"]))
        names = self.some(data, 2)
        self.do({"collapse": lambda doc: furniture.collapse(doc, name, collapsed),
                 "join": lambda doc: furniture.add_to_group(doc, name, names),
                 "leave": lambda doc: furniture.remove_from_groups(doc, names),
                 "dissolve": lambda doc: furniture.ungroup(doc, name)}[way])

    @rule(name=st.sampled_from(["source", "steps", "encoding", "validation", "test", "seed", "nonsense"]),
          value=VALUE)
    def set_data(self, name, value) -> None:
        self.do(lambda doc: edits.set_data(doc, {name: value}))

    @rule(name=st.sampled_from(["rule", "optimizer", "learning_rate", "schedule", "batch_size", "epochs", "l2",
                                "clip_norm", "shuffle"]),
          value=VALUE, merge=MERGE)
    def set_training(self, name, value, merge) -> None:
        self.do(lambda doc: edits.set_training(doc, {name: value}), merge)

    @rule()
    def seal(self) -> None:
        self.history.seal()
        self.merging = None

    @rule()
    def save(self) -> None:
        self.history.mark_saved()
        self.merging = None
        assert not self.history.dirty

    @rule()
    def undo(self) -> None:
        assert self.history.can_undo == (self.at > 0)
        self.history.undo()
        self.at = max(self.at - 1, 0)
        self.merging = None

    @rule()
    def redo(self) -> None:
        assert self.history.can_redo == (self.at < len(self.trail) - 1)
        self.history.redo()
        if self.at < len(self.trail) - 1:
            self.at += 1
            self.merging = None

    @invariant()
    def undo_is_exact(self) -> None:
        assert self.history.document is self.trail[self.at]

    @invariant()
    def the_graph_is_sound(self) -> None:
        doc = self.history.document
        assert not loop_members(doc)
        assert sorted(order(doc)) == sorted(doc.nodes)
        assert all(e.source in doc.nodes and e.target in doc.nodes for e in doc.edges)
        assert len({(e.target, e.port) for e in doc.edges}) == len(doc.edges)
        for edge in doc.edges:
            assert edge.port in {port.name for port in LAYERS[doc.nodes[edge.target].kind].inputs}
        for name, node in doc.nodes.items():
            assert node.id == name
            assert LAYERS[node.kind](**node.params).config() == dict(node.params)
            assert all(math.isfinite(v) and abs(v) <= edits.FAR for v in node.position)

    @invariant()
    def views_that_follow_stay_equal(self) -> None:
        doc = self.history.document
        assert self.view == dict(doc.nodes)
        assert self.wires == doc.edges
        assert self.settings == (doc.data, doc.training)
        assert self.furniture == (doc.notes, doc.groups)

    @invariant()
    def every_node_is_in_one_group_at_most(self) -> None:
        doc = self.history.document
        members = [name for group in doc.groups.values() for name in group.members]
        assert len(members) == len(set(members))
        assert set(members) <= set(doc.nodes)
        assert all(group.members and group.id == name for name, group in doc.groups.items())

    @invariant()
    def it_can_be_saved_and_opened_again(self) -> None:
        doc = self.history.document
        text = documents.dumps(doc)
        back = documents.loads(text)
        assert back == doc
        assert not diff(doc, back)
        assert documents.dumps(back) == text
        text.encode()

    @invariant()
    def checking_never_raises_and_always_explains(self) -> None:
        report = check(self.history.document)
        assert isinstance(report, Report)
        assert set(report.live) <= set(self.history.document.nodes)
        for problem in report.problems:
            assert problem.message.endswith((".", "?"))
            assert problem.node is None or problem.node in self.history.document.nodes


TestUser = User.TestCase
TestUser.settings = settings(max_examples=max(settings().max_examples // 2, 25), stateful_step_count=30)
