"""What the builds of one process remember: results by all that they were made of, while builds ask for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Of = TypeVarTuple("Of")

_asked: dict[Hashable, Any] = {}
_asked_before: dict[Hashable, Any] = {}


def remembered(make: Callable[[*Of], T]) -> Callable[[*Of], T]:
    """The same function, which makes nothing twice.

    What it makes must depend on its arguments alone, and nobody may change it.
    """

    @wraps(make)
    def recalled(*of: *Of) -> T:
        key = (make, *of)
        if not knows(key):
            keep(key, make(*of))
        result: T = recall(key)
        return result

    return recalled


def knows(key: Hashable) -> bool:
    """Whether there is a result of this key; asking for it keeps it for the next build."""
    if key not in _asked and key in _asked_before:
        _asked[key] = _asked_before[key]
    return key in _asked


def recall(key: Hashable) -> Any:
    return _asked[key]


def keep(key: Hashable, result: object) -> None:
    _asked[key] = result


def forget() -> None:
    """A build is complete: drop what neither it nor the one before asked for."""
    _asked_before.clear()
    _asked_before.update(_asked)
    _asked.clear()
