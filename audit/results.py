"""Has checkers judge what they have not judged yet, on all cores, and keeps what they said."""

from __future__ import annotations

import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from .checker import Checker, Site, Verdict, Verdicts, digest
from .table import CHECKERS

Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """Some of what a checker has to judge in a site."""

    checker: Checker
    site: Site
    names: Sequence[str]
    broken: bool = False
    """They are broken on purpose. Faults of others are not kept: each run makes sure of them."""


@dataclass
class Results:
    """What checkers said of sites: verdicts by checker, site and name, and how long each took this time."""

    kept: Path
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    fresh: int = 0
    """How many verdicts were reached in this run."""
    said: dict[Path, Verdict] = field(default_factory=dict)
    """The verdicts of this run: none is reached twice, or a score that wavers would never let it end."""
    _asked: set[Path] = field(default_factory=set)

    def judge(self, tasks: Iterable[Task], say: Say) -> dict[tuple[str, Site], Verdicts]:
        """A verdict on all that the tasks name: a kept one where what it depends on is the same."""
        said: dict[tuple[str, Site], Verdicts] = defaultdict(dict)
        due = []
        for task in tasks:
            missing = []
            for name in task.names:
                kept = self._kept(task, name)
                if kept:
                    said[task.checker.title, task.site][name] = kept
                else:
                    missing.append(name)
            size = task.checker.batch
            due += [replace(task, names=missing[at : at + size]) for at in range(0, len(missing), size)]
        left = Counter({task.checker.title: 0 for task in due})
        for task in due:
            left[task.checker.title] += len(task.names)
        for task, verdicts, seconds in _all_of(due):
            for name, verdict in verdicts.items():
                self.said[self._place(task, name)] = verdict
                if task.broken or not verdict.faults:
                    self._keep(task, name, verdict)
            said[task.checker.title, task.site] |= verdicts
            self.seconds[task.checker.title] += seconds
            self.fresh += len(verdicts)
            left[task.checker.title] -= len(verdicts)
            more = f", {left[task.checker.title]} to go" if left[task.checker.title] else ""
            say(f"{task.checker.title}: {len(verdicts)} in {seconds:.0f} s{more}")
        return said

    def forget(self) -> None:
        """Drop the verdicts that this run had no use for."""
        for place in set(self.kept.glob("*.json")) - self._asked:
            place.unlink()

    def _kept(self, task: Task, name: str) -> Verdict | None:
        place = self._place(task, name)
        self._asked.add(place)
        if place in self.said:
            return self.said[place]
        try:
            kept = json.loads(place.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return Verdict(tuple(kept["faults"]), kept["note"])

    def _keep(self, task: Task, name: str, verdict: Verdict) -> None:
        place = self._place(task, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"faults": verdict.faults, "note": verdict.note}), encoding="utf-8")

    def _place(self, task: Task, name: str) -> Path:
        return self.kept / f"{digest(task.checker.key, task.checker.holds(task.site, name), name)}.json"


def _all_of(tasks: Sequence[Task]) -> Iterator[tuple[Task, Verdicts, float]]:
    """Each task when it is done: side by side on the cores there are, those that measure time one by one at the end."""
    beside = [task for task in tasks if not task.checker.alone]
    alone = [task for task in tasks if task.checker.alone]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        try:
            for group in (beside, *([task] for task in alone)):
                jobs = {workers.submit(_work, task.checker.title, task.site, task.names): task for task in group}
                for done in as_completed(jobs):
                    yield jobs[done], *done.result()
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise


def _work(title: str, site: Site, names: Sequence[str]) -> tuple[Verdicts, float]:
    """Runs in a process of its own, which finds the checker by its title: functions without a name do not travel."""
    (checker,) = (checker for checker in CHECKERS if checker.title == title)
    started = time.monotonic()
    return checker.judge(site, names), time.monotonic() - started
