"""A live preview: builds again on every change, keeps the last good site, and shows what is wrong on the page.

What an open page shows is made first. Documents and what search finds follow; a newer change goes before them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from .. import memory, schema, store
from ..config import Config, Progress
from ..pipeline import build
from ..problems import BuildFailed, Problem, as_text, of_machine
from . import first
from .news import DESK, News
from .server import Server

_PATIENCE = 0.15  # seconds in which an editor or git may still be at work on the files that could not be read


class Preview:
    """Serves a site on this machine and builds it again when what it is made of changes."""

    def __init__(self, config: Config, port: int, say: Progress, editor: str = "") -> None:
        self._config, self._say = replace(config, desk=DESK), say
        self._changed = threading.Event()
        self._stop = threading.Event()
        self._making = self._made_of = ""
        self._warned: tuple[Problem, ...] = ()
        self.news = News(config.project, editor)
        self.server = Server(port, config.site, self.news)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def run(self, stop: threading.Event | None = None) -> None:
        """Build, serve and watch until stopped."""
        self._stop = stop or self._stop
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        watching = threading.Thread(target=self._watch, daemon=True)
        watching.start()
        self._changed.set()
        try:
            while not self._stop.is_set():
                if self._changed.wait(timeout=0.2):
                    self.follow()
        finally:
            self._stop.set()
            self.server.shutdown()
            self.server.server_close()
            watching.join(timeout=5)

    def follow(self) -> None:
        """Make what has changed: the open pages, then all pages, then the documents. Problems are told, not raised."""
        self._changed.clear()
        made_of = self._state()
        if made_of and made_of == self._made_of:
            return
        self._making, self._made_of = made_of, ""
        try:
            self.news.tell(doing="pages")
            if first.put_in(self._config, self.news.read):
                self.news.tell(doing="others", fresh=True)
            build(replace(self._config, hurry=True))
            self._tell_editors()
            self.news.tell(doing="documents", fresh=True)
            result = build(self._config, self._go_on)
        except _Overtaken:
            memory.set_back()
            return
        except (BuildFailed, OSError) as error:
            memory.set_back()
            if self._changed.wait(_PATIENCE):
                return
            self._failed(error if isinstance(error, BuildFailed) else BuildFailed([of_machine(error)]))
        else:
            self.news.tell(problems=result.warnings, shown=result.shown, fresh=True)
            self._say(f"Built {result.pages} pages and {len(result.downloads)} documents")
            if fresh := [warning for warning in result.warnings if warning not in self._warned]:
                self._say(as_text(fresh))
            self._warned = result.warnings
        self._made_of = made_of

    def _failed(self, failure: BuildFailed) -> None:
        self.news.tell(problems=failure.problems)
        self._say(as_text(failure.problems))
        self._tell_editors()

    def _tell_editors(self) -> None:
        """Let the program in which content is written know of new ids, also where the content is not yet right."""
        try:
            schema.refresh(self._config.project)
        except OSError as error:
            self._say(as_text([of_machine(error)]))

    def _go_on(self, _: str) -> None:
        """Stop the build where it stands if there is something newer to make."""
        if self._stop.is_set():
            raise _Overtaken
        if self._changed.is_set():
            self._changed.clear()
            if self._state() != self._making:
                self._changed.set()
                raise _Overtaken

    def _state(self) -> str:
        """A short name for all that the site is made of, as it stands now; none where that cannot be told."""
        folders = (self._config.content, self._config.templates, self._config.guide)
        try:
            return store.digest(*map(store.contents, folders), self._config.settings.read_bytes())
        except OSError:  # somebody is at work on it
            return ""

    def _watch(self) -> None:
        """Notice every change, also that a folder is taken away and another put in its place."""
        while not self._stop.is_set():
            begun = self._places()
            made_of = (self._config.content, self._config.templates, self._config.guide)
            folders = [folder for folder in made_of if folder.is_dir()]
            for changes in self._changes(folders):
                if changes:
                    self._changed.set()
                if self._places() != begun:
                    break
            self._changed.set()

    def _changes(self, folders: list[Path]) -> Iterator[object]:
        """Changes below some folders, or nothing after a short while."""
        try:
            yield from watch(
                *folders,
                stop_event=self._stop,
                debounce=50,
                step=20,
                rust_timeout=200,
                yield_on_timeout=True,
                raise_interrupt=False,
            )
        except OSError:  # taken away just now, or the machine watches no more: then it is asked every so often
            self._stop.wait(0.5)

    def _places(self) -> list[tuple[int, ...]]:
        """What tells that a folder or the settings are not those that they were."""
        found: list[tuple[int, ...]] = []
        for path in (self._config.content, self._config.templates, self._config.settings):
            try:
                state = path.stat()
                found.append((state.st_dev, state.st_ino, 0 if path.is_dir() else state.st_mtime_ns))
            except OSError:
                found.append(())
        return found


class _Overtaken(Exception):
    """Something newer is to be made."""
