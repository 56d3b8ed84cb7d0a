"""Frozen dataclasses whose methods are not compiled until somebody needs them.

`dataclass` compiles six methods for each class, half a millisecond of work. For all that is described in the
product that took a fifth of the time from the start to the rows on the screen, and most of them are not even
looked at on that way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[T]) -> type[T]:
    """Like `dataclass(frozen=True, slots=True, kw_only=True)`."""
    return _made(cls, kw_only=True)


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def immutable(cls: type[T]) -> type[T]:
    """Like `dataclass(frozen=True, slots=True)`: fields may also be given by their place."""
    return _made(cls, kw_only=False)


def _made(cls: type[T], *, kw_only: bool) -> type[T]:
    made = dataclasses.dataclass(slots=True, kw_only=kw_only, init=False, repr=False, eq=False)(cls)
    for method in (_init, _eq, _hash, _repr, _setattr, _delattr, _getstate, _setstate):
        setattr(made, f"__{method.__name__[1:]}__", method)
    return made


def _init(self: Any, *by_place: object, **values: object) -> None:
    made = type(self)
    made.__init__ = _compiled(made)
    made.__init__(self, *by_place, **values)


def _compiled(cls: type[Any]) -> Any:
    """The `__init__` of a class, as fast as one written by hand."""
    scope: dict[str, Any] = {"_put": object.__setattr__, "_missing": dataclasses.MISSING}
    head, body = ["self"], []
    for field in dataclasses.fields(cls):
        name = value = field.name
        if field.kw_only and "*" not in head:
            head.append("*")
        if field.default_factory is not dataclasses.MISSING:
            scope[f"_of_{name}"] = field.default_factory
            head.append(f"{name}=_missing")
            value = f"_of_{name}() if {name} is _missing else {name}"
        elif field.default is not dataclasses.MISSING:
            scope[f"_of_{name}"] = field.default
            head.append(f"{name}=_of_{name}")
        else:
            head.append(name)
        body.append(f"    _put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    source = "\n".join((f"def __init__({', '.join(head)}):", *body))
    exec(source, scope)  # of the names of fields alone, as dataclasses does it
    return scope["__init__"]


@cache
def _values_of(cls: type[Any]) -> Callable[[object], tuple[object, ...]]:
    names = tuple(cls.__dataclass_fields__)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _eq(self: Any, other: object) -> bool:
    values = _values_of(self.__class__)
    return values(self) == values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values_of(self.__class__)(self))


def _repr(self: Any) -> str:
    pairs = zip(self.__dataclass_fields__, _values_of(self.__class__)(self), strict=True)
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


def _setattr(self: Any, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> tuple[object, ...]:
    return _values_of(self.__class__)(self)


def _setstate(self: Any, state: tuple[object, ...]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)
