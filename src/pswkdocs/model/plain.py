"""What our texts are held to: an editors' tool, which no reader is shown."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from .record import FileRecord, Part, Some, Text


class Avoided(Part):
    """A word or a phrase that is written in another way."""

    words: Some[Text]
    """The word or the phrase in all its forms, in small letters, as in `[utilise, utilises, utilised]`."""
    write: Text
    """What to write instead, as in `use`."""
    why: Text | None = None
    """Why, where that helps."""
    unless: tuple[Text, ...] = ()
    """Phrases in which it is right, as in `[foster care, foster parents]`."""


class PlainEnglish(FileRecord):
    """What editors are warned of in the texts of every file."""

    for_readers: ClassVar[bool] = False

    sentence_words: Annotated[int, Field(ge=10, le=60)]
    """How many words a sentence has at most."""
    understood: tuple[Text, ...] = ()
    """Abbreviations that need no explanation: everybody knows them, or they are names that stand for nothing more."""
    spelled_right: tuple[Text, ...] = ()
    """Words that are right, although they look like a typing mistake or an American spelling."""
    avoid: tuple[Avoided, ...] = ()
    """Words and phrases to avoid, in the order of the alphabet."""
