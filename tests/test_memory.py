"""What builds of one process remember: nothing is made twice, and nothing is kept that nobody asks for."""

from __future__ import annotations

from pswkdocs import memory


def test_what_a_build_in_vain_made_is_kept_for_the_next_alone() -> None:
    made: list[str] = []

    @memory.remembered
    def upper(word: str) -> str:
        made.append(word)
        return word.upper()

    upper("good")
    memory.forget()
    for number in range(50):  # saves of a file in which something is wrong
        upper(f"bad {number}")
        memory.set_back()
    assert not memory.knows((upper.__wrapped__, "bad 3"))  # type: ignore[attr-defined]
    assert upper("bad 49") == "BAD 49" and upper("good") == "GOOD"
    assert made.count("bad 49") == made.count("good") == 1
