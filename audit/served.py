"""A site on this machine as its host serves it: below its path, compressed, with its own page for what is not there."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .checker import Site

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PRESSED = (".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml")


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a site's host while it is served."""

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # One packet an answer: waiting for the rest of one costs 40 milliseconds each time.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def log_message(self, *_: object) -> None: ...

        def _answer(self, *, with_body: bool) -> None:
            file = _file(site, urlsplit(self.path).path)
            status = 200 if file else 404
            file = file or site.folder / "404.html"
            data = _pressed(file) if file.suffix in _PRESSED else file.read_bytes() if file.is_file() else b""
            self.send_response(status)
            self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=600")
            if file.suffix in _PRESSED:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            if with_body:
                self.wfile.write(data)

    class Patient(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # of five, the default, browsers knock in vain, and try again a second later

        def handle_error(self, *_: object) -> None:
            """A browser that goes away in the middle of an answer is no fault."""

    with Patient(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _file(site: Site, path: str) -> Path | None:
    path = unquote(path)
    if not path.startswith(site.path):
        return None
    file = site.folder / (path.removeprefix(site.path) or "index.html")
    if path.endswith("/"):
        file = file / "index.html" if path != site.path else file
    inside = site.folder.resolve() in file.resolve().parents
    return file if inside and file.is_file() else None


@lru_cache(maxsize=512)
def _pressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes() if file.is_file() else b"", mtime=0)
