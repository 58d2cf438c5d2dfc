"""Rules on review marks: what a file rests on says what it said when somebody last looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.content import Content
from ..problems import Problem
from ..resting import marks

Rule = Callable[[Content], Iterator[Problem]]


def what_changed_is_looked_at_again(content: Content) -> Iterator[Problem]:
    """What rests on a record that changed is to be looked at by a person; it fails no build."""
    for held in marks(content):
        own = held.entry.record.id
        for mention in held.again:
            target = mention.target
            said = f"{target.kind} `{target.key}`"
            if held.was(mention):
                what = f"to be looked at again: {said} does not say any more what it said when this was confirmed"
            else:
                what = f"to be looked at: that this fits {said} was never confirmed"
            hint = (
                f"Read it with `pswkdocs show {target.key}` and put right here what does not fit it; "
                f"then run `pswkdocs confirm {own}`."
            )
            yield Problem(held.entry.source.span(mention.loc), what, hint, "warning")
        for place in held.idle:
            key, _ = held.lines[place]
            again = key in [key for key, _ in held.lines[:place]]
            what = f"`{key}` is confirmed twice" if again else f"nothing in this file rests on `{key}` any more"
            hint = f"Run `pswkdocs confirm {own}`, which takes this line away."
            yield Problem(held.entry.source.span(("confirmed", place)), what, hint, "warning")


RULES_OF_THE_WHOLE: tuple[Rule, ...] = (what_changed_is_looked_at_again,)
