"""The servers' configurations that we hand out, each in its server, where that is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from conftest import PROJECT

CONFIGURATIONS = PROJECT / "docs/serving"
NGINX = """{user} daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}
http {{ include /etc/nginx/mime.types; access_log off; {servers} }}"""


@pytest.fixture(params=["nginx", "caddy"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A published tree of a few files, served."""
    if not (program := shutil.which(request.param, path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")):
        pytest.skip(f"{request.param} is not installed, and could not be: tests/servers.sh says when it can")
    tree = tmp_path / "tree"
    for name in ("2026-01/index.html", "latest/index.html", "404.html", "feed.xml", "latest/assets/fonts/a.woff2"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(f"<p>{name}</p>" * 100)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = tmp_path / "configuration"
    said = (CONFIGURATIONS / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[request.param]).read_text()
    said = (
        said.replace("/srv/published", str(tree)).replace(":8080", f":{port}").replace("listen 8080", f"listen {port}")
    )
    command = [program, "run", "--adapter", "caddyfile", "--config", str(file)]
    if request.param == "nginx":
        user = "user root;" if os.getuid() == 0 else ""
        said, command = NGINX.format(user=user, folder=tmp_path, servers=said), [program, "-c", str(file)]
    file.write_text(said)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env={"HOME": str(tmp_path)}, **quiet)
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def test_headers_and_pages_are_as_promised(address: str) -> None:
    status, head, body = ask(f"{address}latest/")
    assert status == 200 and b"latest/index.html" in body
    assert head["Cache-Control"] == "public, max-age=300"
    assert head["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert ask(f"{address}latest/", compressed=True)[1]["Content-Encoding"] == "gzip"
    assert ask(f"{address}2026-01/")[1]["Cache-Control"] == "public, max-age=86400"
    assert "immutable" in ask(f"{address}latest/assets/fonts/a.woff2")[1]["Cache-Control"]
    assert ask(f"{address}feed.xml")[1]["Content-Type"].startswith("application/atom+xml")
    status, _, body = ask(f"{address}nowhere/")
    assert status == 404 and b"404.html" in body


def ask(address: str, *, compressed: bool = False) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"} if compressed else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
