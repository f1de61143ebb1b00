"""Attributes that are computed when they are first asked for, without the lock that `functools.cached_property` takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 (it is used as `property` is)
    """A property whose value becomes an attribute of the instance once it is known; from then on Python finds it there by itself."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[object]) -> lazy[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type[object]) -> Value: ...

    def __get__(self, instance: object | None, owner: type[object]) -> lazy[Value] | Value:
        if instance is None:
            return self
        value = self._compute(instance)
        setattr(instance, self._name, value)  # not through `__dict__`: instances without one are smaller and faster
        return value
