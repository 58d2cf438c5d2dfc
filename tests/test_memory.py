"""What builds remember: nothing is made twice, and nothing is kept that builds no longer ask for."""

from __future__ import annotations

import pytest

from pswkdocs import memory
from pswkdocs.memory import remembered


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_asked", {})
    monkeypatch.setattr(memory, "_asked_before", {})


def test_makes_nothing_twice() -> None:
    made: list[str] = []

    @remembered
    def shout(word: str) -> str:
        made.append(word)
        return word.upper()

    assert [shout("a"), shout("b"), shout("a")] == ["A", "B", "A"]
    memory.forget()
    assert shout("a") == "A"
    assert made == ["a", "b"]


def test_forgets_what_two_builds_did_not_ask_for() -> None:
    made: list[str] = []

    @remembered
    def shout(word: str) -> str:
        made.append(word)
        return word.upper()

    for word in ("a", "b", "c"):
        shout(word)
        memory.forget()
    assert len(memory._asked_before) == 1
    shout("a")
    assert made == ["a", "b", "c", "a"]


def test_remembers_no_failure() -> None:
    made: list[str] = []

    @remembered
    def refuse(word: str) -> str:
        made.append(word)
        raise ValueError(word)

    for _ in range(2):
        with pytest.raises(ValueError, match="a"):
            refuse("a")
    assert made == ["a", "a"]
