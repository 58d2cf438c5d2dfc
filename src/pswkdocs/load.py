"""Files below `content/` → Content, and every problem that keeps a file from being read.

Knows which file holds which kind of record.
"""

from __future__ import annotations

import difflib
from pathlib import Path, PurePath

from pydantic import ValidationError

from . import misfits
from . import source as yaml_source
from .memory import remembered
from .model.accessibility import AccessibilityStatement
from .model.appraisal import Appraisal
from .model.audit import Audit
from .model.charter import Charter
from .model.content import Content, Entry
from .model.local_plan import LocalPlan
from .model.meeting import ActionLog, ClosedPart, Meeting
from .model.page import HandPage
from .model.paper import Paper
from .model.partnership import Glossary, Organisations, Partnership, Sources
from .model.plain import PlainEnglish
from .model.plan import Enabler, Plan, Priority
from .model.record import FileRecord, Part
from .model.retired import Retired
from .model.strategy import StrategicPriority, Strategy
from .model.who import Bodies, People
from .problems import BuildFailed, Problem, Span
from .source import Unreadable

# Which files hold what: a pattern below `content/`, the type, and whether there must be one.
FILES: tuple[tuple[str, type[FileRecord], bool], ...] = (
    ("partnership.yml", Partnership, True),
    ("accessibility.yml", AccessibilityStatement, True),
    ("audit.yml", Audit, False),
    ("plain-english.yml", PlainEnglish, False),
    ("registers/glossary.yml", Glossary, True),
    ("registers/organisations.yml", Organisations, True),
    ("registers/sources.yml", Sources, True),
    ("registers/bodies.yml", Bodies, False),
    ("registers/people.yml", People, False),
    ("registers/retired.yml", Retired, False),
    ("*/plan.yml", Plan, False),
    ("*/priorities/*.yml", Priority, False),
    ("*/enablers/*.yml", Enabler, False),
    ("*/charter.yml", Charter, False),
    ("*/local-plan.yml", LocalPlan, False),
    ("*/strategy.yml", Strategy, False),
    ("*/strategic-priorities/*.yml", StrategicPriority, False),
    ("*/paper.yml", Paper, False),
    ("*/appraisal.yml", Appraisal, False),
    ("meetings/*/meeting.yml", Meeting, False),
    ("meetings/*/closed.yml", ClosedPart, False),
    ("action-logs/*.yml", ActionLog, False),
    ("pages/*.yml", HandPage, False),
)


def load(root: Path) -> tuple[Content, list[Problem]]:
    """Read and type every file below `root`: what could be read, and what keeps the rest from it."""
    if not root.is_dir():
        raise BuildFailed([Problem(Span(str(root), 0), "there is no such folder", "Run this where `content/` is.")])
    problems: list[Problem] = []
    entries: list[Entry] = []
    papers: dict[str, bytes] = {}
    refused: list[tuple[yaml_source.Source, type[FileRecord], ValidationError]] = []
    for path in sorted(root.rglob("*")):
        if (path.is_dir() and not path.is_symlink()) or path.name.startswith("."):
            continue
        try:
            if _is_enclosure(root, path):
                papers[yaml_source.shown(root, path)] = yaml_source.read_bytes(root, path)
                continue
            file_type = _type_of(root, path)
            source = yaml_source.read(root, path)
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
            continue
        problems.extend(source.faults)
        entry = _typed(source, file_type)
        if isinstance(entry, Entry):
            entries.append(entry)
        else:
            refused.append((source, file_type, entry))
    documents = [it.id for entry in entries if isinstance(entry.record, Sources) for it in entry.record.documents]
    for source, file_type, error in refused:
        problems.extend(misfits.explain(source, file_type, error.errors(include_url=False), documents))
    problems.extend(
        Problem(Span(f"{root.name}/{pattern}"), "this file is missing", f"Put it back: it holds {_said(file_type)}")
        for pattern, file_type, needed in FILES
        if needed and not (root / pattern).exists()
    )
    return Content.of(tuple(entries), papers), problems


@remembered
def _typed(source: yaml_source.Source, file_type: type[FileRecord]) -> Entry | ValidationError:
    """A file's record, or what keeps its data from being one."""
    try:
        return Entry(source, file_type.model_validate(source.data))
    except ValidationError as invalid:
        return invalid


def _type_of(root: Path, path: Path) -> type[FileRecord]:
    """What a file holds, by its place; raises Unreadable for a file that has no business here."""
    span = Span(yaml_source.shown(root, path))
    if path.is_symlink():
        raise Unreadable(Problem(span, "this is a shortcut to another place", "Put a copy of the file here instead."))
    name = path.relative_to(root)
    if file_type := type_of(name):
        return file_type
    raise Unreadable(Problem(span, *_out_of_place(name)))


def type_of(name: PurePath) -> type[FileRecord] | None:
    """What a file holds, by its place below `content/`."""
    for pattern, file_type, _ in FILES:
        if len(name.parts) == pattern.count("/") + 1 and name.match(pattern):
            return file_type
    return None


def _out_of_place(name: Path) -> tuple[str, str]:
    """What is wrong with a file that is none of `FILES`, and where it may belong."""
    if name.suffix == ".yaml":
        return "files of content end in .yml", f"Name the file `{name.stem}.yml`."
    if name.suffix == ".pdf":
        return "a PDF stands in the folder of its meeting", "Move it beside its `meeting.yml`, or delete it."
    if name.suffix == ".PDF":
        return "the name of a PDF ends in .pdf", f"Name the file `{name.stem.lower()}.pdf`."
    if name.suffix != ".yml":
        return "this is no file of content", "Move or delete it: content is files that end in .yml, and meetings’ PDFs."
    patterns = [pattern for pattern, _, _ in FILES]
    folders = {pattern.split("/")[-2] for pattern in patterns if "/" in pattern} - {"*"}
    if name.parent.name not in folders and (near := difflib.get_close_matches(name.parent.name, folders, 1)):
        return "there is no such folder in content", f"Did you mean `{near[0]}`?"
    likely = [pattern for pattern in patterns if _ends_like(pattern, name)]
    beside = [pattern for pattern in patterns if "/" in pattern and pattern.split("/")[0] == name.parts[0]]
    said = "Its place is" if likely else "Here belong" if beside else "Content is"
    known = ", ".join(f"`{pattern.replace('*', '…')}`" for pattern in likely or beside or patterns)
    return "no file of this name belongs here", f"Move or delete it. {said} {known}."


def _ends_like(pattern: str, name: Path) -> bool:
    """Whether a file has the name that a pattern states, or stands in the folder that it states."""
    *folders, file = pattern.split("/")
    return file == name.name or (file == "*.yml" and folders[-1] == name.parent.name)


def _is_enclosure(root: Path, path: Path) -> bool:
    """Whether a file is a paper of a meeting, named in the meeting's own file beside it."""
    return path.suffix == ".pdf" and not path.is_symlink() and path.parent.parent == root / "meetings"


def _said(file_type: type[Part]) -> str:
    words = (file_type.__doc__ or "").strip().splitlines()[0]
    return words[:1].lower() + words[1:]
