"""The audit: build, show checkers broken samples, have them judge everything, publish what they say, build again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.model.partnership import Partnership
from pswkdocs.model.record import Audience
from pswkdocs.plan import plan

from . import gates
from .checker import SUFFIXES, NotThere, Site
from .report import Fault, Report, line, publish, write
from .results import Results, Say, Task
from .table import CHECKERS

# The first round may add the page that tells of it, the second finds it there, the third has nothing left to say.
_ROUNDS = 4


def audit(project: Path, audience: Audience, say: Say) -> Report:
    """What checkers say of a site that is built for it; a good one has the record of the audit among its pages."""
    config = Config(project, audience)
    work = config.work / "audit"
    results = Results(work / "results")
    say("Making the samples that checkers must refuse")
    gates.lay_out(work / "samples")
    for _ in range(_ROUNDS):
        say("Building the site")
        pipeline.build(config)
        report = _judged(config, results, work, say)
        write(report, work)
        results.forget()
        record = config.content / "audit.yml"
        if report.proves_nothing or audience != "public":
            return report
        if not publish(report, record, today=date.today(), fresh=results.fresh > 0):
            return report
        say(f"{record.relative_to(project)} is new: the site that holds it is looked at again")
    raise NotThere("What the audit says of the site changes with every build of it, so no build can tell it.")


def _judged(config: Config, results: Results, work: Path, say: Say) -> Report:
    content, _ = pipeline.read(config)
    edition = plan(content, config.audience)
    partnership = content.the(Partnership)
    site = Site(
        config.site,
        partnership.address,
        {f"{page.url}index.html": page.template for page in edition.pages},
    )
    checkers = [checker for checker in CHECKERS if checker.subjects(site)]
    samples = gates.tasks(checkers, work / "samples")
    judged = results.judge([*samples, *(Task(each, site, each.subjects(site)) for each in checkers)], say)

    faults: list[Fault] = []
    refused: dict[str, int] = {}
    for task in samples:
        passed = gates.let_pass(task.checker, judged[task.checker.title, task.site])
        refused[task.checker.title] = gates.shown(task.checker) - len(passed)
        faults += [Fault("the checker itself", what, task.checker.title) for what in passed]
    notes: dict[str, str] = {}
    for checker in checkers:
        for name, verdict in sorted(judged[checker.title, site].items()):
            faults += [Fault(name, what, checker.title) for what in verdict.faults]
            notes |= {name: verdict.note} if verdict.note else {}
    return Report(
        name=partnership.title,
        audience=config.audience,
        edition=partnership.edition,
        held={kind: len(site.of(kind)) for kind in (*SUFFIXES, "rest")},
        lines=tuple(
            line(
                checker,
                len(judged[checker.title, site]),
                gates.shown(checker),
                refused.get(checker.title, 0),
                faults,
                results.seconds[checker.title],
            )
            for checker in checkers
        ),
        faults=tuple(faults),
        notes=notes,
    )


def table(report: Report) -> str:
    """What each checker did, in lines to print."""
    head = ("checker", "checked", "faults", "seconds")
    rows = [
        (f"{each.title} {each.version}", str(each.checked), str(each.faults), f"{each.seconds:.0f}")
        for each in report.lines
    ]
    width = max(len(row[0]) for row in (head, *rows))
    return "\n".join(f"{row[0]:{width}}  {row[1]:>7}  {row[2]:>6}  {row[3]:>7}" for row in (head, *rows))
