"""What a person means by an id, an address or a number → the record, or what became of it."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter, ValidationError

from .. import guesses
from ..model.content import Address, Content
from ..model.record import Slug
from ..model.retired import Retirement
from ..problems import BuildFailed, Problem, Span
from ..versions import permanent
from ..view import label

_SLUG: TypeAdapter[str] = TypeAdapter(Slug)


def is_id(text: str) -> bool:
    """Whether a text may be an id of its own."""
    try:
        return bool(_SLUG.validate_python(text))
    except ValidationError:
        return False


def record_of(content: Content, said: str) -> Address:
    """The one record that is meant; raises BuildFailed with the nearest ids where there is none, or more than one."""
    found = found_in(content, said)
    if isinstance(found, Address):
        return found
    what, hint = f"there is no record `{said}`", "`pswkdocs find WORDS` finds a record by what it says."
    if isinstance(found, Retirement):
        what = f"`{said}` is no longer in use: {found.why}"
        hint = f"It is `{found.now}` now." if found.now else "Nothing took its place."
    elif found:
        what = f"`{said}` could mean {len(found)} records"
        hint = "Write one of these in full: " + ", ".join(f"`{address.key}`" for address in found[:12])
        hint += " …" if len(found) > 12 else "."
    elif near := guesses.nearest(said, list(content.addresses)):
        hint = near
    raise BuildFailed([Problem(Span(said, 0), what, hint)])


def found_in(content: Content, said: str) -> Address | Retirement | list[Address]:
    """The record that an id, a permanent address or the number of a clause means; else all that it could mean."""
    asked = re.search(r"(?:^|/)id/(.+?)/?$", unquote(urlsplit(said).path))
    key = asked[1] if asked else said.strip("#/ ")
    of_kind, _, rest = key.partition("/")
    if key in content.addresses:
        return content.addresses[key]
    if rest in content.addresses and content.addresses[rest].kind.replace(" ", "-") == of_kind:
        return content.addresses[rest]
    if numbered := re.fullmatch(r"(?:charter/|clause )?(\d+\.\d+)(?:/([a-z])|\(([a-z])\))?", key):
        letter = numbered[2] or numbered[3]
        clause = f"clause {numbered[1]}" + (f"({letter})" if letter else "")
        found = [it for it in content.addresses.values() if it.kind in ("clause", "subclause") and label(it) == clause]
        if len(found) == 1:
            return found[0]
    retired = permanent.retired(content)
    if went := retired.get(key) or (retired.get(rest) if asked else None):
        return went
    ends_alike = [address for address in content.addresses.values() if address.record.id == key]
    return ends_alike[0] if len(ends_alike) == 1 else ends_alike
