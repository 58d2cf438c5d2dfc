"""A live preview: builds again on every change, keeps the last good site, and shows what is wrong on the page.

Pages reload by themselves. What it adds to a page is added on the way to the browser; the site stays as it was built.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchfiles import watch

from . import schema
from .config import Config, Progress
from .pipeline import Result, build
from .problems import BuildFailed, Problem, as_text, of_machine

WAIT = 25  # seconds a browser's question for news may stay open

_SCRIPT = Path(__file__).with_name("preview.js").read_bytes()


class State:
    """What the preview knows: how often it was built, and what is wrong now."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.turn = 0
        self._problems: tuple[Problem, ...] = ()

    def tell(self, problems: tuple[Problem, ...] = ()) -> None:
        """Let every open page know of a new site, or of the problems that kept it from being built."""
        with self._changed:
            self.turn += 1
            self._problems = problems
            self._changed.notify_all()

    def after(self, turn: int) -> dict[str, Any]:
        """The news since `turn`, or the same again when nothing happens for a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.turn != turn, timeout=WAIT)
            problems = [
                {"place": str(problem.span), "message": problem.message, "hint": problem.hint}
                for problem in self._problems
                if problem.severity == "error"
            ]
            return {"turn": self.turn, "problems": problems}


class Preview:
    """Serves a site on this machine and builds it again when what it is made of changes."""

    def __init__(self, config: Config, port: int, say: Progress) -> None:
        self._config, self._say = config, say
        self._warned: tuple[Problem, ...] = ()
        self.state = State()
        self.server = _Server(("127.0.0.1", port), partial(_Handler, config.site, self.state))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def run(self, stop: threading.Event | None = None) -> None:
        """Build, serve and watch until stopped."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        try:
            self.rebuild()
            for _ in watch(*self._watched(), stop_event=stop, debounce=50, step=20, raise_interrupt=False):
                self.rebuild()
        finally:
            self.server.shutdown()
            self.server.server_close()

    def rebuild(self) -> Result | None:
        """Build once; problems are told, not raised."""
        try:
            build(replace(self._config, hurry=True))
            self.state.tell()
            self._tell_editors()
            result = build(self._config)  # the documents too: pages need not wait for them
        except (BuildFailed, OSError) as error:
            failure = error if isinstance(error, BuildFailed) else BuildFailed([of_machine(error)])
            self.state.tell(failure.problems)
            self._say(as_text(failure.problems))
            self._tell_editors()
            return None
        self._say(f"Built {result.pages} pages and {len(result.downloads)} documents")
        if fresh := [warning for warning in result.warnings if warning not in self._warned]:
            self._say(as_text(fresh))
        self._warned = result.warnings
        return result

    def _tell_editors(self) -> None:
        """Let the program in which content is written know of new ids, also where the content is not yet right."""
        try:
            schema.refresh(self._config.project)
        except OSError as error:
            self._say(as_text([of_machine(error)]))

    def _watched(self) -> Iterator[Path]:
        yield from (self._config.content, self._config.templates)


class _Server(ThreadingHTTPServer):
    """Answers each reader in a thread of its own."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader who went on to another page before the answer came."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, with the preview's script in every page; and the news for that script."""

    def __init__(self, site: Path, state: State, *args: Any) -> None:
        self._site, self._state = site, state
        super().__init__(*args, directory=str(site))

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/preview/news":
            turn = path.query.removeprefix("turn=")
            news = self._state.after(int(turn) if turn.lstrip("-").isdecimal() else 0)
            self._send(json.dumps(news).encode(), "application/json")
        elif path.path == "/preview/script.js":
            self._send(_SCRIPT, "text/javascript")
        elif path.path.endswith(("/", ".html")):
            file = Path(self.translate_path(path.path), "index.html" if path.path.endswith("/") else "")
            there = file.is_file()
            self._send(
                self._page(file if there else self._site / "404.html"),
                "text/html; charset=utf-8",
                200 if there else 404,
            )
        else:
            super().do_GET()

    def _page(self, file: Path) -> bytes:
        turn = self._state.turn  # before the file is read: if the site changes meanwhile, the page asks again
        try:
            html = file.read_bytes()
        except OSError:  # before the first site is there
            html = b"<!doctype html><title>Preview</title><body><p>There is no site yet.</p></body>"
        script = f'<script src="/preview/script.js" data-turn="{turn}"></script></body>'
        return html.replace(b"</body>", script.encode())

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of single requests."""
