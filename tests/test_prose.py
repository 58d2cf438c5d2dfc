"""Texts: what they may hold, how terms are found, how links are written."""

from __future__ import annotations

import pytest

from pswkdocs import prose

TERMS = prose.Terms({"ICB": "icb", "ICBs": "icb"}, {"social value": "social-value", "Vital 5": "vital-5"})


def html(text: str, *, inline: bool = True) -> str:
    return str(prose.to_html(text, lambda link: prose.Target(f"file/{link}", "clause 3.8(c)"), TERMS, inline=inline))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ICB acts.", 'The <dfn data-term="icb">ICB</dfn> acts.'),
        ("The ICBs act.", 'The <dfn data-term="icb">ICBs</dfn> act.'),
        ("An icb, ICBX, x-ICB.", "An icb, ICBX, x-ICB."),
        ("A vital 5 & b", 'A <dfn data-term="vital-5">vital 5</dfn> &amp; b'),
        ("Of social\nvalue.", 'Of <dfn data-term="social-value">social value</dfn>.'),
        ("[the ICB](#x)", '<a href="ref:file/x">the ICB</a>'),
        ("See [](#x).", 'See <a href="ref:file/x" class="xref">clause 3.8(c)</a>.'),
        ("[NHS](https://www.nhs.uk/?a=1&b=2)", '<a href="https://www.nhs.uk/?a=1&amp;b=2">NHS</a>'),
        ("**Bold** & a < b", "<strong>Bold</strong> &amp; a &lt; b"),
        ("<b>never</b>", "&lt;b&gt;never&lt;/b&gt;"),
    ],
)  # fmt: skip
def test_html(text: str, expected: str) -> None:
    assert html(text) == expected


def test_unsafe_text_stays_text() -> None:
    """Even if a check were missed, nothing that a field holds becomes markup of its own."""
    assert "<script" not in html("<script>alert(1)</script>", inline=False)
    assert "<img" not in html("![x](https://example.org/x.png)")
    assert "javascript:" not in html("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")
    assert "<h1" not in html("# Title", inline=False)


def test_plain() -> None:
    assert prose.plain("**Two**\n\nparts, [one link](#x) & `code`") == "Two parts, one link & code"


def test_links_are_found_as_they_read() -> None:
    assert list(prose.links("[a](#b) and [](#c/d) and [e](https://f.example/#g)")) == [("b", "(#b)"), ("c/d", "(#c/d)")]
