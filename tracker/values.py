"""`dataclass` as the standard library has it, with methods that are written when somebody first calls them.

The library writes the methods of a class of values as text and compiles it: six for a frozen one, 1 ms at every start. A
command declares two hundred such classes and uses a quarter of them. So a class gets its fields at once, and each method, as
the library writes it, at its first call:

    >>> @dataclass(frozen=True, slots=True)
    ... class Place:
    ...     sheet: str
    ...     row: int = 0
    >>> Place("分工表") == Place("分工表", 0), {Place("分工表"): 1}, Place.__slots__
    (True, {Place(sheet='分工表', row=0): 1}, ('sheet', 'row'))
    >>> Place("分工表").row = 2
    Traceback (most recent call last):
    dataclasses.FrozenInstanceError: cannot assign to field 'row'

`field`, `fields`, `replace` and `KW_ONLY` are the library's own; type checkers see nothing but the library.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """See `dataclasses.dataclass`."""
        if cls is None:
            return partial(dataclass, frozen=frozen, slots=slots, eq=eq)
        own = vars(cls)
        late = {"__init__": {"init": True, "frozen": frozen}, "__repr__": {"repr": True}}
        if eq:
            late |= {"__eq__": {"eq": True}, "__hash__": {"eq": True, "frozen": True}}
        late = {name: how for name, how in late.items() if name not in own}
        cls = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
        for name, how in late.items():
            setattr(cls, name, _method(cls, name, how))
        if eq and not frozen and "__hash__" in late:
            cls.__hash__ = None
        if frozen:
            cls.__setattr__, cls.__delattr__ = _refuse_assignment, _refuse_deletion
        if frozen and slots:
            cls.__getstate__, cls.__setstate__ = _state, _set_state
        return cls


def _method(cls: Any, name: str, how: dict[str, bool]) -> Any:
    """A method that takes the place of itself, as the library writes it, when it is first called."""

    def first(self: Any, *values: Any, **more: Any) -> Any:
        fields = [(field.name, field.type, field) for field in dataclasses.fields(cls)]
        hook = {"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {}
        options: Any = {"init": False, "repr": False, "eq": False, **how}
        twin = dataclasses.make_dataclass(cls.__name__, fields, namespace=hook, **options)
        setattr(cls, name, vars(twin)[name])
        return vars(twin)[name](self, *values, **more)

    return first


def _refuse_assignment(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
