"""`dataclass` as the standard library has it, with methods that are written when somebody first calls them.

The library writes the methods of a class of values as text and compiles it: six for a frozen one, 1 ms at every start. A
command declares two hundred such classes and uses a quarter of them. So a class gets its fields at once, and each method at
its first call, with the library's meaning and what is quicker: no signature for a docstring, values put straight into slots.
Every field is a parameter.

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

Values hold values and nobody who holds them: whoever makes very many says so (`uncollected`), and no collector walks them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import reprlib
from collections.abc import Iterator
from functools import partial
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "uncollected"]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Make very many values without Python's collector, which would walk them again and again and find no circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """See `dataclasses.dataclass`."""
        if cls is None:
            return partial(dataclass, frozen=frozen, slots=slots, eq=eq)
        namespace = vars(cls)
        late = [name for name in list(_TEXTS)[: 4 if eq else 2] if name not in namespace]
        cls = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
        for name in late:
            setattr(cls, name, _method(cls, name, frozen))
        if eq and not frozen and "__hash__" in late:
            cls.__hash__ = None
        if frozen:
            cls.__setattr__, cls.__delattr__ = _refuse_assignment, _refuse_deletion
        if frozen and slots:
            cls.__getstate__, cls.__setstate__ = _state, _set_state
        return cls


def _method(cls: Any, name: str, is_frozen: bool) -> Any:
    """A method that takes the place of itself, as it is written, when it is first called."""

    def first(self: Any, *values: Any, **more: Any) -> Any:
        names: dict[str, Any] = {"_set": object.__setattr__}
        exec(_TEXTS[name](cls, names, is_frozen), names)
        method = names[name]
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)
        return method(self, *values, **more)

    return first


def _init(cls: Any, names: dict[str, Any], is_frozen: bool) -> str:
    """The text of `__init__`; what it mentions goes into `names`, and `_set` stands for "make a new one" as well."""
    head, keywords, body = ["self"], ["*"], []
    for field in dataclasses.fields(cls):
        parameter = value = field.name
        if field.default_factory is not dataclasses.MISSING:
            names[f"_new_{value}"] = field.default_factory
            parameter, value = f"{value}=_set", f"_new_{value}() if {value} is _set else {value}"
        elif field.default is not dataclasses.MISSING:
            names[f"_default_{value}"] = field.default
            parameter = f"{value}=_default_{value}"
        (keywords if field.kw_only else head).append(parameter)
        slot = getattr(cls, field.name, None)
        if not is_frozen:
            body.append(f"self.{field.name} = {value}")
        elif isinstance(slot, MemberDescriptorType):  # half the time of object.__setattr__
            names[f"_slot_{field.name}"] = slot.__set__
            body.append(f"_slot_{field.name}(self, {value})")
        else:
            body.append(f"_set(self, {field.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    return f"def __init__({', '.join(head + keywords[len(keywords) == 1 :])}): {'; '.join(body) or 'pass'}"


def _repr(cls: Any, names: dict[str, Any], is_frozen: bool) -> str:
    names["once"] = reprlib.recursive_repr()
    parts = ", ".join(
        f"{field.name}={{self.{field.name}!r}}" for field in dataclasses.fields(cls) if field.repr
    )
    return f"@once\ndef __repr__(self): return f'{{self.__class__.__qualname__}}({parts})'"


def _eq(cls: Any, names: dict[str, Any], is_frozen: bool) -> str:
    both = (
        _values(name, [field for field in dataclasses.fields(cls) if field.compare])
        for name in ("self", "other")
    )
    same = "other.__class__ is self.__class__"
    return f"def __eq__(self, other): return {' == '.join(both)} if {same} else NotImplemented"


def _hash(cls: Any, names: dict[str, Any], is_frozen: bool) -> str:
    counts = [
        field for field in dataclasses.fields(cls) if (field.compare if field.hash is None else field.hash)
    ]
    return f"def __hash__(self): return hash({_values('self', counts)})"


def _values(name: str, fields: list[dataclasses.Field[Any]]) -> str:
    return f"({''.join(f'{name}.{field.name}, ' for field in fields)})"


_TEXTS = {"__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash}


def _refuse_assignment(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
