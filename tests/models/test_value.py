"""A value is made, compared, shown and kept like a frozen dataclass."""

import dataclasses
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

import pytest

from models.value import Value, replace

T = TypeVar("T")


class Pin(Value):
    """A place on a map."""

    x: int
    y: int
    label: str = "here"
    notes: Mapping[str, str] = field(default_factory=dict)
    drawn: int = field(default=0, compare=False)
    scale: ClassVar[int] = 100


class Flag(Pin):
    """A pin that waves."""

    colour: str = "red"


class Legend(Value, kw_only=True):
    """Words beside a map."""

    title: str = "Legend"
    text: str


class Box(Value, Generic[T]):
    """Holds anything."""

    holds: T


class Nothing(Value):
    """Holds nothing."""


def test_fields_are_taken_in_order_by_name_and_from_their_defaults() -> None:
    pin = Pin(1, y=2)
    assert (pin.x, pin.y, pin.label, pin.notes, pin.drawn) == (1, 2, "here", {}, 0)
    assert pin.notes is not Pin(1, 2).notes, "each has a default of its own"
    assert Pin(1, 2, "there", {"a": "b"}, 3).notes == {"a": "b"}
    assert Flag(1, 2, colour="blue").colour == "blue"
    assert Legend(text="Roads").title == "Legend"
    assert Box[int](3).holds == 3


def test_a_class_takes_its_own_fields_whichever_of_its_family_is_made_first() -> None:
    class Base(Value):
        one: int = 1

    class Made(Base):
        two: int = 2

    assert Base(5).one == 5

    class Later(Base):
        three: int = 3

    assert (Made(5, 6).two, Later(5, three=7).three, Base(8).one) == (6, 7, 8)
    with pytest.raises(TypeError):
        Base(5, 6)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        (Pin, (1,), {}),
        (Pin, (1, 2, "there", {}, 0, 9), {}),
        (Pin, (1, 2), {"z": 3}),
        (Pin, (1,), {"z": 3}),
        (Pin, (1, 2), {"y": 3}),
        (Pin, (1, 2), {"scale": 3}),
        (Legend, ("Legend",), {"text": "Roads"}),
        (Nothing, (1,), {}),
    ],
)
def test_too_little_too_much_and_twice_is_refused(
    kind: type[Value], given: tuple[object, ...], named: dict[str, object]
) -> None:
    for _ in range(2):  # Whether it is the first of its class or not.
        with pytest.raises(TypeError, match=rf"{kind.__name__}.__init__\(\)"):
            kind(*given, **named)


def test_equal_is_what_is_of_one_class_and_holds_the_same() -> None:
    assert Pin(1, 2) == Pin(x=1, y=2, drawn=7), "what is not compared may differ"
    assert Pin(1, 2) != Pin(1, 3)
    assert Pin(1, 2) != Flag(1, 2)
    assert Pin(1, 2) != (1, 2)
    assert Nothing() == Nothing() != Pin(1, 2)
    assert hash(Box(1)) == hash(Box(1)) != hash(Box(2))
    assert {Box(1), Box(1), Nothing()} == {Box(1), Nothing()}
    with pytest.raises(TypeError):
        hash(Pin(1, 2))  # A dict is in it.


class Awkward(Value):
    """Its fields are called what the code around them might be."""

    held: tuple[int, ...]
    fields: dict[str, int] = field(default_factory=dict)
    cls: int = 0


def test_a_field_may_have_any_name() -> None:
    made = Awkward((1, 2), cls=3)
    assert (made.held, made.fields, made.cls) == ((1, 2), {}, 3)


def test_nothing_changes_but_a_copy() -> None:
    pin = Pin(1, 2)
    with pytest.raises(FrozenInstanceError):
        pin.x = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del pin.x
    assert (replace(pin, y=5), pin.y) == (Pin(1, 5), 2)
    with pytest.raises(TypeError):
        replace(pin, z=5)  # type: ignore[call-arg]


def test_the_tools_for_dataclasses_work() -> None:
    assert [each.name for each in fields(Flag)] == ["x", "y", "label", "notes", "drawn", "colour"]
    assert repr(Flag(1, 2)) == "Flag(x=1, y=2, label='here', notes={}, drawn=0, colour='red')"
    match Flag(1, 2):
        case Pin(x, y):
            assert (x, y) == (1, 2)


def test_a_value_is_replaced_as_the_library_does_it() -> None:
    class Spot(Value):
        x: int
        y: int = 2

        @cached_property
        def total(self) -> int:
            return self.x + self.y

    spot = Spot(1)
    assert spot.total == 3
    moved = replace(spot, x=5)
    same = dataclasses.replace(spot, x=5)  # noqa: TID251 - to compare.
    assert (moved, moved.total, spot.total) == (same, 7, 3)
    assert replace(Spot(4), y=0) == Spot(4, 0)
    with pytest.raises(TypeError, match="no total, z"):
        replace(spot, z=1, total=9)  # type: ignore[call-arg]


def test_what_is_no_value_is_replaced_by_the_library() -> None:
    @dataclass(frozen=True)
    class Plain:
        x: int

    assert replace(Plain(1), x=2) == Plain(2)
