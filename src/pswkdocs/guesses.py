"""What an editor may have meant by a text of the wrong form."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

LONGEST = 40  # characters of an id

# Greek and Cyrillic letters that look like Latin ones: they come with texts that are copied from a PDF.
_LATIN = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u0455",
    "ABEZHIKMNOPTYXoABESIJKMHOPCTYXaeijopcyxs",
)

# Days as people in Britain write them, and as programs do.
_DAYS = ("%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


def as_id(text: str) -> str:
    """What a text would be as an id; empty when nothing of it may stand in one."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", letters) if not re.fullmatch(r"(19|20)\d\d", word)]
    while words and (words[0].isdigit() or len("-".join(words)) > LONGEST):
        words.pop(0 if words[0].isdigit() else -1)
    return "-".join(words)


def in_latin(text: str) -> str:
    """A text in Latin letters where others only look like them; empty where none do, or where it is no Latin text."""
    latin = text.translate(_LATIN)
    return latin if latin != text and latin.isascii() else ""


def as_day(text: str) -> str:
    """The day that a text means, as a date is written here; empty where it means none."""
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,", "", text)
    for form in _DAYS:
        try:
            return datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    return ""


def otherwise(text: str) -> Iterator[str]:
    """A text as a time, a plan's year, a file's name or a letter: one of these may have the form that is needed."""
    if time := re.fullmatch(r"(\d\d?)(?:[.:h ]?(\d\d))?(?: ?([ap])\.?m\.?)?(?: ?(?:o’clock|hrs|h))?", text.lower()):
        hour = int(time[1]) % 12 + (12 if time[3] == "p" else 0) if time[3] else int(time[1])
        yield f"{hour:02}:{time[2] or '00'}"
    yield re.sub(r"(20\d\d) ?[-–/] ?(?:20)?(\d\d)", r"\1/\2", text)
    yield "-".join(re.findall(r"[a-z0-9]+", text.lower().removesuffix(".pdf"))) + ".pdf"
    last = text.split()[-1] if text.split() else ""
    yield from (last, last.upper(), last.lower())


def nearest(id: str, known: list[str]) -> str:
    """The known ids that look like one that is not; a part of another file is one that ends alike."""
    if near := meant(id, known):
        return near
    if id.startswith("#") or not 0 < len(known) <= 12:
        return ""
    return f"Known ids are {', '.join(sorted(known))}."


def meant(id: str, known: Sequence[str]) -> str:
    """The question whether one of the known ids is meant; empty where none looks like it."""
    ends_alike = [other for other in known if other.rpartition("/")[2] == id.strip("#")]
    near = ends_alike or difflib.get_close_matches(id, known, 3, 0.6)
    best = difflib.SequenceMatcher(None, near[0], id).ratio() if near else 0
    if close := [f"`{other}`" for other in near if difflib.SequenceMatcher(None, other, id).ratio() > best - 0.1]:
        return f"Did you mean {' or '.join(dict.fromkeys(close))}?"
    return ""
