"""Classes of values are those of the standard library; only their methods are written later."""

from __future__ import annotations

import copy
import dataclasses
import gc
import itertools
import pickle
from dataclasses import KW_ONLY, field, replace
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

import pytest

from tracker import values

T = TypeVar("T")
LIBRARIES = {"ours": values.dataclass, "theirs": dataclasses.dataclass}
SHAPES = [
    dict(zip(("frozen", "slots"), some, strict=True)) for some in itertools.product((True, False), repeat=2)
]


def declared(dataclass, **shape):
    """A class with everything that ours have, and one that goes on from it."""

    @dataclass(**shape)
    class Place:
        """A place."""

        KIND: ClassVar[str] = "place"
        sheet: str
        row: int = 0
        _: KW_ONLY
        notes: list[str] = field(default_factory=list, compare=False)
        hidden: str = field(default="", repr=False)

    @dataclass(**shape)
    class Cell(Place, Generic[T]):
        """A cell."""

        column: T | None = None

    return Place, Cell


def told(function):
    """What a call gives, or how it is refused."""
    try:
        return function()
    except (TypeError, AttributeError) as refusal:
        # An assignment into a cell that has no such slot is refused in other words.
        return type(refusal)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_class_of_values_is_that_of_the_library_in_every_respect(shape):
    answers = {}
    for whose, dataclass in LIBRARIES.items():
        place, cell = declared(dataclass, **shape)
        cells = [
            cell("分工表"),
            cell("分工表", 1),
            cell("分工表", notes=["x"]),
            cell(sheet="a", column=2, hidden="h"),
        ]
        answers[whose] = (
            [repr(some) for some in cells],
            [[one == other for other in cells] for one in cells],
            told(lambda cells=cells: [hash(some) == hash(cells[0]) for some in cells[:3:2]]),
            place("a") == cell("a"),
            place("a") == ("a", 0),
            told(lambda place=place: place()),
            told(lambda place=place: place("a", 1, ["no keyword"])),
            told(lambda place=place: setattr(place("a"), "row", 2)),
            told(lambda place=place: delattr(place("a"), "row")),
            told(lambda place=place: place("a") < place("b")),
            repr(replace(cells[0], row=7)),
            [(some.name, some.type, some.kw_only) for some in dataclasses.fields(cell)],
            repr(copy.copy(cells[3])),
            (cell.__match_args__, cell.KIND, cell.__doc__, hasattr(cells[0], "__dict__")),
            cells[0].notes is cells[1].notes,
            cells[3].__reduce_ex__(5)[2],
        )
    assert answers["ours"] == answers["theirs"]


def test_nothing_is_written_before_it_is_called(monkeypatch):
    texts = []
    monkeypatch.setattr(dataclasses, "exec", lambda text, *_: texts.append(text), raising=False)

    @values.dataclass(frozen=True, slots=True)
    class Place:
        """A place."""

        sheet: str

    assert not any("self" in text for text in texts)


def test_a_method_is_written_once(monkeypatch):
    calls = []
    init = values._TEXTS["__init__"]
    monkeypatch.setitem(values._TEXTS, "__init__", lambda *some: calls.append(1) or init(*some))

    @values.dataclass(frozen=True)
    class Place:
        """A place."""

        sheet: str

    assert [Place("a"), Place("b"), Place("c")][2].sheet == "c"
    assert len(calls) == 1


def test_what_the_class_writes_itself_holds():
    @values.dataclass
    class Place:
        """A place."""

        sheet: str
        shown: list[str] = field(default_factory=list)

        def __post_init__(self):
            self.shown.append(self.sheet)

        def __eq__(self, other):
            return True

        def __repr__(self):
            return "a place"

    assert Place("a").shown == ["a"]
    assert Place("a") == 7
    assert repr(Place("a")) == "a place"
    with pytest.raises(TypeError):
        hash(Place("a"))


def test_a_class_of_values_may_be_compared_by_who_it_is():
    @values.dataclass(slots=True, eq=False)
    class Mark:
        """A mark."""

        text: str

    mark = Mark("a")

    assert mark != Mark("a")
    assert len({mark, Mark("a")}) == 2


def test_a_frozen_value_keeps_what_it_computed_once():
    @values.dataclass(frozen=True)
    class Place:
        """A place."""

        sheet: str

        @cached_property
        def length(self):
            return len(self.sheet)

    assert Place("abc").length == 3


@values.dataclass(frozen=True, slots=True)
class Sent:
    """A value that passes between processes."""

    text: str
    number: int = 0


def test_a_frozen_value_passes_between_processes():
    assert pickle.loads(pickle.dumps(Sent("甲", 3))) == Sent("甲", 3)


@pytest.mark.parametrize("is_on", [True, False])
def test_many_values_are_made_without_the_collector_which_is_afterwards_as_it_was(is_on):
    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), values.uncollected():
            assert not gc.isenabled()
            raise ZeroDivisionError

        assert gc.isenabled() is is_on
    finally:
        gc.enable()
