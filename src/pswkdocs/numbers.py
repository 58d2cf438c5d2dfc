"""The numbers of lists, as the programs that readers open documents with count them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """What stands before a paragraph, and what stands where another refers to it: `(a)`, `1.3(a)`."""

    printed: str
    full: str


_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv",
    1: "i",
}  # fmt: skip


def roman(number: int) -> str:
    """A number in small Roman letters: 44 is `xliv`."""
    letters = ""
    for worth, letter in _ROMAN.items():
        letters += number // worth * letter
        number %= worth
    return letters


def lettered(number: int) -> str:
    """A number as a letter, which is doubled after 26: 28 is `bb`."""
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)
