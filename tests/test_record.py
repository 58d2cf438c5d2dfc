"""The four versions of the record: each is whole by itself, and none knows of what came later."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import PROJECT
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.plan import plan

VERSIONS = yaml.safe_load((PROJECT / "history/versions.yml").read_text(encoding="utf-8"))
_SPEC = importlib.util.spec_from_file_location("record", PROJECT / "history/publish.py")
assert _SPEC and _SPEC.loader
record = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(record)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version["version"])
def test_a_version_is_whole(version: dict[str, Any], tmp_path: Path) -> None:
    record.lay_out(tmp_path, version)
    content, _ = pipeline.read(Config(tmp_path))
    edition = plan(content, "public")
    assert edition.partnership.edition.version == version["version"]
    assert edition.partnership.edition.date == version["date"]
    held = {entry.source.path.split("/")[1] for entry in content.entries} - {"partnership.yml", "registers"}
    assert {name.partition("/")[0] for name in version["holds"]} <= held


def test_the_last_version_holds_all_there_is() -> None:
    everything = {path.name for path in (PROJECT / "content").iterdir()}
    own_to_the_site = {"audit.yml", *record.ALWAYS}
    assert {name.partition("/")[0] for name in VERSIONS[-1]["holds"]} == everything - own_to_the_site


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="holds something else"):
        record.main(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"
