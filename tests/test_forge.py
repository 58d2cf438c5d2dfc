"""What a forge runs: the comment on a pull request, its pictures, a version for a tag."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from forge import comment, review
from PIL import Image

from conftest import PROJECT
from pswkdocs.cli import COMMANDS
from test_build import edit
from test_versions import DAY, FIRST, git, repository

OUTLINE = (194, 65, 12)  # of what changed, in pictures
FALLS = "content/riverside-plan/priorities/falls.yml"
HELP = "content/pages/help.yml"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which a branch changes a page, adds a mistake that only warns, and mends none."""
    project = repository(tmp_path_factory.mktemp("changed"))
    git(project, "checkout", "-qb", "change")
    edit(project / HELP, "title: How to get help", "title: How to find help")
    edit(project / HELP, "introduction: ", "introduction: The ZQX helps. ")
    git(project, "commit", "-qam", "Help is found")
    return project


def told(project: Path) -> str:
    command = [sys.executable, "-m", "forge.review", "main", "--project", str(project)]
    command += ["--out", str(project / "build/review")]
    assert subprocess.run(command, cwd=PROJECT).returncode in (0, 1)
    return (project / "build/review/comment.md").read_text(encoding="utf-8")


def test_the_comment_says_what_a_change_does(changed: Path) -> None:
    said = told(changed)
    assert said.startswith(comment.MARK)
    assert "title: <del>How to get help</del> → <ins>How to find help</ins>" in said
    assert "**1 new**" in said and f"`{HELP}:" in said and "ZQX" in said
    assert "mended" not in said
    assert "No document changes." in said
    assert "![How to find help, before](pictures/help-before.png)" in said and said.count("<summary>") == 1
    assert not (changed / "build/review/base").exists() and "base" not in git(changed, "worktree", "list")


def test_pictures_outline_what_changed(changed: Path) -> None:
    folder = changed / "build/review/pictures"
    if not folder.exists():
        told(changed)
    for name in ("help-before.png", "help-after.png"):
        with Image.open(folder / name) as picture:
            colours = dict((colour, count) for count, colour in picture.convert("RGB").getcolors(1 << 24) or [])
        assert colours.get(OUTLINE, 0) > 200, name


def test_the_comment_names_what_keeps_a_site_from_being_built(changed: Path, tmp_path: Path) -> None:
    shutil.copytree(changed, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
    edit(tmp_path / HELP, "introduction:", "opening_words:")
    git(tmp_path, "commit", "-qam", "Broken")
    said = told(tmp_path)
    assert "**The site cannot be built like this.**" in said
    assert "opening\\_words" in said and "→ " in said
    assert "No document changes." not in said and "### Pages" not in said


def test_the_comment_says_what_is_mended(changed: Path, tmp_path: Path) -> None:
    shutil.copytree(changed, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
    edit(tmp_path / HELP, "introduction:", "opening_words:")
    git(tmp_path, "commit", "-qam", "Broken")
    git(tmp_path, "branch", "-f", "main")
    edit(tmp_path / HELP, "opening_words:", "introduction:")
    git(tmp_path, "commit", "-qam", "Mended")
    said = told(tmp_path)
    assert re.search(r"\*\*\d mended\*\*", said) and "opening\\_words" in said
    assert "the site as it was cannot be built. content/pages/help.yml:" in said


def test_it_says_what_to_do_without_the_base(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert review.main(["nowhere", "--project", str(changed)]) == 2
    assert "git fetch origin nowhere" in capsys.readouterr().err


GH = """#!{python}
import json, os, sys
log = open(os.environ["LOG"], "a")
said = sys.stdin.read() if "--input" in sys.argv else ""
log.write(json.dumps([sys.argv[1:], said]) + "\\n")
if "artifacts" in sys.argv[-1]:
    print(json.dumps({{"artifacts": [{{"name": "site", "id": 7}}, {{"name": "review", "id": 8}}]}}))
elif "--slurp" in sys.argv:
    first = [{{"id": 1, "body": "Nice", "user": {{"login": "editor"}}}}]
    print(json.dumps([first, json.loads(os.environ["COMMENTS"])]))
elif "--jq" in sys.argv:
    print("12")
"""


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A forge: an origin, a clone of it, and a `gh` that notes what it is asked for."""
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin/gh"
    gh.write_text(GH.format(python=sys.executable))
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("GITHUB_REPOSITORY", "southwark/plan")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("COMMENTS", "[]")
    monkeypatch.setenv("RUN_ID", "99")
    monkeypatch.setenv("HEAD_SHA", "abc")
    monkeypatch.setenv("HEAD", "editor:change")
    git(tmp_path, "init", "-q", "--bare", "origin")
    git(tmp_path, "clone", "-q", "origin", "clone")
    clone = tmp_path / "clone"
    shutil.copytree(PROJECT / "forge", clone / "forge", ignore=shutil.ignore_patterns("__pycache__"))
    handed = clone / "build/review/pictures"
    handed.mkdir(parents=True)
    Image.new("RGB", (2, 2)).save(handed / "help-after.png")
    (handed.parent / "comment.md").write_text(f"{comment.MARK}\n![Help, after](pictures/help-after.png)\n")
    return clone


def asked(forge: Path) -> list[tuple[list[str], str]]:
    return [tuple(json.loads(line)) for line in (forge.parent / "log").read_text().splitlines()]


def test_a_comment_is_written_once_and_then_renewed(forge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["sh", "forge/comment.sh"], cwd=forge, check=True)
    assert "head=editor:change" in asked(forge)[0][0]
    (method, body) = asked(forge)[-1]
    assert method[:4] == ["api", "--method", "POST", "repos/southwark/plan/issues/12/comments"]
    said = json.loads(body)["body"]
    assert "](https://github.com/southwark/plan/raw/review-pictures/12/help-after.png)" in said
    assert (
        "[The whole site, to open on your machine](https://github.com/southwark/plan/actions/runs/99/artifacts/7)"
        in said
    )
    assert any('.head.sha == "abc"' in argument for argument in asked(forge)[0][0])
    comments = (4, "editor"), (5, comment.AUTHOR)  # nobody else's words are written over
    monkeypatch.setenv(
        "COMMENTS",
        json.dumps([{"id": id, "body": f"{comment.MARK}\nold", "user": {"login": who}} for id, who in comments]),
    )
    subprocess.run(["sh", "forge/comment.sh"], cwd=forge, check=True)
    assert asked(forge)[-1][0][2:4] == ["PATCH", "repos/southwark/plan/issues/comments/5"]


def test_pictures_of_other_pull_requests_stay(forge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(forge)
    for number in ("3", "12", "12"):
        comment.main(number, forge / "build/review")
    listed = git(forge.parent / "origin", "ls-tree", "-r", "--name-only", "review-pictures").split()
    assert listed == ["12/help-after.png", "3/help-after.png"]
    assert git(forge.parent / "origin", "rev-list", "--count", "review-pictures") == "1"


def test_only_pictures_are_taken(forge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(forge)
    (forge / "secret").write_text("token")
    Image.new("RGB", (2, 2)).save(forge / "elsewhere.png")
    pictures = forge / "build/review/pictures"
    (pictures / "text.png").write_text("<script>")
    (pictures / "away.png").symlink_to(forge / "secret")
    (pictures / "other.png").symlink_to(forge / "elsewhere.png")
    comment.main("12", forge / "build/review")
    listed = git(forge.parent / "origin", "ls-tree", "-r", "--name-only", "review-pictures").split()
    assert listed == ["12/help-after.png"]


def test_a_comment_is_never_longer_than_a_forge_takes(changed: Path, tmp_path: Path) -> None:
    problem = {"path": HELP, "line": 1, "severity": "error", "message": "m" * 500, "hint": "h"}
    now = review.State(tuple({**problem, "message": f"{number}{'m' * 500}"} for number in range(500)), None)
    said = review.comment(changed, "main", review.State((), None), now, tmp_path)
    assert len(said) < 65_536 and said.rstrip().endswith("`make review` does.")


def test_what_was_not_made_by_a_review_is_not_posted(forge: Path) -> None:
    (forge / "build/review/comment.md").write_text("Hello")
    with pytest.raises(SystemExit, match="not made by"):
        comment.main("12", forge / "build/review")
    with pytest.raises(SystemExit, match="not the number"):
        comment.main("../12", forge / "build/review")


def test_a_tag_publishes_its_version(tmp_path: Path) -> None:
    project = repository(tmp_path / "project")
    shutil.copytree(PROJECT / "forge", project / "forge", ignore=shutil.ignore_patterns("__pycache__"))
    git(tmp_path, "init", "-q", "--bare", "origin")
    git(project, "remote", "add", "origin", str(tmp_path / "origin"))
    environment = {**os.environ, **DAY, "PSWKDOCS": str(Path(sys.executable).with_name("pswkdocs"))}

    def publish() -> subprocess.CompletedProcess[str]:
        command = ["sh", "forge/publish.sh", FIRST]
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)

    git(project, "push", "-q", "origin", "main")
    git(project, "tag", FIRST)
    assert "says nothing. Make one that does: git tag -a" in publish().stderr
    git(project, "tag", "-fam", "The plan, for the first time.", FIRST)
    assert publish().returncode == 0
    about = json.loads(git(tmp_path / "origin", "show", f"gh-pages:{FIRST}/manifest.json"))
    assert about["note"] == "The plan, for the first time."
    assert "what is published stays" in publish().stderr
    git(project, "commit", "-q", "--allow-empty", "-m", "Nobody has seen this")
    git(project, "tag", "-fam", "Unseen.", FIRST)
    assert "what nobody has reviewed is not published" in publish().stderr


def faults_of(*files: Path) -> list[dict[str, str]]:
    command = ["node", str(PROJECT / "tests/editor/workflows.mjs"), *map(str, files)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert ran.returncode == 0, f"run `sh tests/editor.sh`: {ran.stderr}"
    found: list[dict[str, str]] = json.loads(ran.stdout)
    return found


WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))


def test_workflows_are_what_the_forge_understands(tmp_path: Path) -> None:
    assert len(WORKFLOWS) == 3 and not faults_of(*WORKFLOWS)
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text().replace("github.token", "github.tokn"))
    assert "tokn" in faults_of(broken)[0]["message"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_what_is_there_and_is_pinned(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for action in filter(None, (step.get("uses") for step in steps)):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
    commands = " ".join(step.get("run", "") for step in steps)
    for script in re.findall(r"(\.ci/run|forge/\S+\.sh)", commands):
        assert (PROJECT / script).is_file(), script
    assert commands
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.M)
    assert all(target in targets for target in re.findall(r"make (?:-s )?([a-z]+)\b", commands))


def test_what_runs_a_change_cannot_write() -> None:
    """A pull request's own program is run by the one workflow that may only read."""
    permissions = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] for path in WORKFLOWS}
    assert permissions["pull-request"] == {"contents": "read"}
    comment_steps = yaml.safe_load((PROJECT / ".github/workflows/comment.yml").read_text(encoding="utf-8"))
    (checkout,) = (step for step in comment_steps["jobs"]["comment"]["steps"] if "checkout" in step.get("uses", ""))
    assert "with" not in checkout  # the main branch's own program, not the change's


def test_a_mistake_is_stopped_before_it_is_committed(tmp_path: Path) -> None:
    project = repository(tmp_path)
    shutil.copy(PROJECT / ".pre-commit-config.yaml", project)
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/pswkdocs").symlink_to(Path(sys.executable).with_name("pswkdocs"))
    git(project, "add", ".pre-commit-config.yaml")
    git(project, "commit", "-qm", "Hook")
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=project, check=True, capture_output=True)
    edit(project / HELP, "introduction:", "opening_words:")
    environment = {**os.environ, **DAY}
    command = ["git", "commit", "-qam", "Broken"]
    refused = subprocess.run(command, cwd=project, capture_output=True, text=True, env=environment)
    assert refused.returncode == 1 and "`opening_words` is not a field here" in refused.stdout + refused.stderr
    edit(project / HELP, "opening_words:", "introduction:")
    (project / "content/riverside-plan/priorities/falls.yml").unlink()
    refused = subprocess.run(command, cwd=project, capture_output=True, text=True, env=environment)
    assert refused.returncode == 1 and "there is no priority `falls`" in refused.stdout + refused.stderr
    git(project, "checkout", "HEAD", "--", "content/riverside-plan/priorities/falls.yml")
    edit(project / HELP, "title: How to get help", "title: How to find help")
    assert subprocess.run(command, cwd=project, env=environment, capture_output=True).returncode == 0


def test_other_repositories_can_have_the_hook() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command).returncode == 0
    (hook,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split()[1] in COMMANDS
