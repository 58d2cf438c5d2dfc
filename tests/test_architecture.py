"""The house rules that a reader should not have to check by eye."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conftest import PROJECT

MODULES = sorted((PROJECT / "src/pswkdocs").rglob("*.py"))
HOME = {
    "yaml": {"source"},
    "markdown_it": {"handbook.guide", "prose"},
    "jinja2": {"render", "site"},
    "pypandoc": {"pandoc"},
    "typst": {"typesetting"},
    "mkdocs": {"site"},
    "mike": {"versions.branch"},
    "feedgen": {"versions.feed"},
    "pikepdf": {"pdf", "proof.pdf"},
    "pypdfium2": {"elsewhere"},
    "lxml": {
        *("blocks", "elsewhere", "proof.pages", "proof.word", "proof.odt"),
        *("word.body", "word.package", "word.xml", "odt.body", "odt.package", "odt.text", "odt.xml"),
        *("revisions.__init__", "revisions.bodies", "revisions.line", "revisions.marks"),
        *("revisions.package", "revisions.pieces", "revisions.words"),
    },
    "holidays": {"notice"},
    "click": {
        *("cli.__init__", "cli.completing", "cli.confirming", "cli.desk", "cli.doctor", "cli.editing", "cli.making"),
        *("cli.publishing", "cli.told"),
    },
    "sentencex": {"checks.plain"},
    "rich": {"cli.told"},
    "subprocess": {"git"},
    "requests": set(),
    "urllib.request": {"versions.manifest"},
}


def imports(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("tool", HOME)
def test_one_tool_one_module(tool: str) -> None:
    assert len(MODULES) > 20
    users = {
        ".".join(module.relative_to(PROJECT / "src/pswkdocs").with_suffix("").parts)
        for module in MODULES
        if any(name == tool or name.startswith(tool + ".") for name in imports(module))
    }
    assert users == HOME[tool], f"{tool} is used in {sorted(users)}, not in {sorted(HOME[tool])}"


def test_no_clock() -> None:
    """The same content gives the same bytes on any day; only the command line knows the day, for what is late."""
    words = (".now(", ".today(", "time.time(", "utcnow(")
    found = [
        (module.relative_to(PROJECT / "src/pswkdocs").as_posix(), word)
        for module in MODULES
        for word in words
        if word in module.read_text(encoding="utf-8")
    ]
    assert found == [("cli/__init__.py", ".today(")]


def test_no_bare_except() -> None:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                name = getattr(node.type, "id", None)
                assert node.type is not None and name not in ("Exception", "BaseException"), f"{module}:{node.lineno}"


def test_architecture_names_every_module() -> None:
    told = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    missing = [
        m.stem
        for m in MODULES
        if m.parent.name == "pswkdocs" and not m.stem.startswith("__") and f"`{m.stem}`" not in told
    ]
    assert not missing


def test_architecture_is_short() -> None:
    assert len((PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8").split()) <= 900
