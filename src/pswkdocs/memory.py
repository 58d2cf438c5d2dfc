"""What the builds of one process remember: results by all that they were made of, while builds ask for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Of = TypeVarTuple("Of")

_asked: dict[Hashable, Any] = {}
_asked_before: dict[Hashable, Any] = {}
_asked_in_vain: dict[Hashable, Any] = {}


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
    for earlier in (_asked_before, _asked_in_vain):
        if key not in _asked and key in earlier:
            _asked[key] = earlier[key]
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
    _asked_in_vain.clear()


def set_back() -> None:
    """A build came to no end: keep what it made for the next one alone, and all of the last complete one."""
    _asked_in_vain.clear()
    _asked_in_vain.update(_asked)
    _asked.clear()
