"""The site over HTTP, on this machine alone, with the preview's script in every page.

What it adds to a page is added on the way to the browser; the site stays as it was built.
"""

from __future__ import annotations

import json
import re
import sys
import time
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .news import News

_FILES = {f"/preview/{name}": Path(__file__).with_name(name).read_bytes() for name in ("page.js", "page.css")}
_HERE = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")
_NUMBER = re.compile(r"\d{1,9}")
_BRIEFLY = 1  # second in which a new site takes the place of the last


class Server(ThreadingHTTPServer):
    """Answers each reader in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128  # a browser asks for many files at once, and waits for seconds if refused

    def __init__(self, port: int, site: Path, news: News) -> None:
        super().__init__(("127.0.0.1", port), partial(_Handler, site, news))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader who went on to another page before the answer came."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, with the preview's script in every page; and the news for that script."""

    def __init__(self, site: Path, news: News, *args: Any) -> None:
        self._site, self._news = site, news
        super().__init__(*args, directory=str(site))

    def parse_request(self) -> bool:
        """Refuse who asks for another host: a site could let its own name mean this machine, and read all."""
        if not super().parse_request():
            return False
        if not _HERE.fullmatch(self.headers.get("Host", "")):
            self.send_error(403, "The preview answers only at http://127.0.0.1 and http://localhost")
            return False
        return True

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/preview/news":
            query = parse_qs(asked.query)
            number = query.get("after", ["-1"])[0]
            news = self._news.after(int(number) if _NUMBER.fullmatch(number) else -1, query.get("page", [""])[0])
            self._send(json.dumps(news).encode(), "application/json")
        elif asked.path == "/preview/file":
            self._send_file(unquote(asked.query))
        elif asked.path in _FILES:
            self._send(_FILES[asked.path], "text/css" if asked.path.endswith(".css") else "text/javascript")
        else:
            self._send_of_site(asked.path)

    def _send_of_site(self, path: str) -> None:
        end = time.monotonic() + _BRIEFLY
        while self._news.turn and not self._site.is_dir() and time.monotonic() < end:
            time.sleep(0.01)
        if "\0" in unquote(path):
            self.send_error(404)
            return
        if not path.endswith(("/", ".html")):
            super().do_GET()
            return
        file = Path(self.translate_path(path), "index.html" if path.endswith("/") else "")
        there = file.is_file()
        self._send_page(file if there else self._site / "404.html", 200 if there else 404)

    def _send_page(self, file: Path, status: int) -> None:
        turn = self._news.turn  # before the file is read: if the site changes meanwhile, the page asks again
        try:
            html = file.read_bytes()
        except OSError:  # before the first site is there
            html = _page("Preview", "<h1>There is no site yet</h1><p>It shows here as soon as it is made.</p>")
        script = f'<script src="/preview/page.js" data-turn="{turn}"></script></body>'
        self._send(html.replace(b"</body>", script.encode()), "text/html; charset=utf-8", status)

    def _send_file(self, name: str) -> None:
        """A file in which something is wrong, line by line."""
        text = self._news.file(name)
        lines = "".join(f'<li id="L{number}">{escape(line)}' for number, line in enumerate((text or "").split("\n"), 1))
        opens = self._news.opens(name)
        link = f'<p><a href="{escape(opens)}">Open it in your editor</a></p>' if opens else ""
        body = f"<h1>{escape(name)}</h1>{link}<ol>{lines}</ol>"
        body = body if text is not None else "<p>There is nothing to see here.</p>"
        self._send(_page(name, body), "text/html; charset=utf-8", 404 if text is None else 200)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of single requests."""


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/preview/page.css">'
        f'<body class="file">{body}</body></html>'
    ).encode()
