"""How a command tells what it does, and what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console

from ..config import Progress
from ..problems import REPORTS, BuildFailed, of_machine

MORE = "Ids and links are looked at once these files can be read."
_UNTOUCHED = "The last good site is untouched."
_console = Console(stderr=True, highlight=False)


@contextmanager
def telling(ending: str = _UNTOUCHED) -> Iterator[Progress]:
    """Progress on a terminal, silence elsewhere; problems end the run with status 1."""
    try:
        with _console.status("Starting") as status:
            yield lambda words: status.update(words + " …")
    except BuildFailed as failure:
        _tell(failure, ending)
        sys.exit(1)
    except BrokenPipeError:  # who reads it has seen enough, as `head` does; click ends the run
        raise
    except OSError as error:
        _tell(BuildFailed([of_machine(error)]), ending)
        sys.exit(1)


def _tell(failure: BuildFailed, ending: str) -> None:
    click.echo(REPORTS["text"](failure.problems), err=True)
    if not ending:  # nothing was to be made, so nothing was lost
        return
    errors = sum(problem.severity == "error" for problem in failure.problems)
    told = f"{errors} problem{'s' if errors != 1 else ''}."
    click.echo("\n" + " ".join(filter(None, (told, MORE if failure.partial else "", ending))), err=True)
