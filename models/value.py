"""The base of most classes here: values, which hold what they are made with and are equal where that is."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """A frozen dataclass by inheritance: types are checked; ``replace``, ``fields`` and ``match`` work.

    The standard library's decorator compiles six methods for each class; here they are written once.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __in_order: ClassVar[tuple[str, ...]]
    __names: ClassVar[frozenset[str]]
    __defaults: ClassVar[Mapping[str, object]]
    __factories: ClassVar[tuple[tuple[str, Callable[[], object]], ...]]
    __compared: ClassVar[Callable[[object], object]]

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        """Note the fields, those of the bases first."""
        super().__init_subclass__()
        dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        known = fields(cls)
        cls.__in_order = tuple(each.name for each in known if not each.kw_only)
        cls.__names = frozenset(each.name for each in known)
        cls.__defaults = {each.name: each.default for each in known if each.default is not MISSING}
        cls.__factories = tuple(
            (each.name, each.default_factory) for each in known if each.default_factory is not MISSING
        )
        # With the class there is something to get even where there is no field.
        cls.__compared = attrgetter("__class__", *(each.name for each in known if each.compare))

    def __init__(self, /, *given: object, **named: object) -> None:
        """Take the fields, by their order or by their names."""
        held = self.__dict__
        if self.__defaults:
            held.update(self.__defaults)
        if given:
            held.update(zip(self.__in_order, given, strict=False))
        if named:
            held.update(named)
        for name, make in self.__factories:
            if name not in held:
                held[name] = make()
        beyond, again = len(given) > len(self.__in_order), given and named and self.__is_again(given, named)
        if held.keys() != self.__names or beyond or again:
            takes, by_name = ", ".join(self.__dataclass_fields__), ", ".join(named)
            msg = f"{type(self).__qualname__} takes {takes}; given were {len(given)} in order, and: {by_name}"
            raise TypeError(msg)

    def __is_again(self, given: tuple[object, ...], named: Mapping[str, object]) -> bool:
        """Tell whether a field that is given in order is also given by its name."""
        return not named.keys().isdisjoint(self.__in_order[: len(given)])

    def __eq__(self, other: object) -> bool:
        """Compare what both hold, if they are of one class."""
        if other.__class__ is not self.__class__:
            return NotImplemented
        held = type(self).__compared
        return held(self) == held(other)

    def __hash__(self) -> int:
        """Return the same for equal values."""
        held = type(self).__compared  # noqa: SLF001 - it is this class's own.
        return hash(held(self))

    def __repr__(self) -> str:
        """Return it as it could be written."""
        held = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
        return f"{type(self).__qualname__}({held})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse. Raises FrozenInstanceError."""
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse. Raises FrozenInstanceError."""
        raise FrozenInstanceError(name)
