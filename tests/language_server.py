"""The real yaml-language-server, spoken to as editors’ programs speak to it: over its protocol, without a network."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

PROJECT = Path(__file__).parent.parent
PROGRAM = PROJECT / ".editor/node_modules/yaml-language-server/bin/yaml-language-server"
Fault = tuple[int, str]  # a line, and what is said of it
WAIT = 60  # seconds for an answer, on a machine that has much else to do


class LanguageServer:
    """A language server that has a folder open, with the settings that the folder's `.vscode/` holds."""

    def __init__(self, folder: Path, asked: Path, settings: dict[str, Any]) -> None:
        if not PROGRAM.is_file():
            pytest.fail("The yaml-language-server is missing: run `sh tests/editor.sh`, which needs Node.js and npm.")
        self.folder, self.asked, self._settings = folder, asked, settings
        asked.touch()
        environment = os.environ | {"ASKED": str(asked), "NODE_OPTIONS": ""}
        command = ["node", "--require", str(PROJECT / "tests/editor/offline.cjs"), str(PROGRAM), "--stdio"]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
        except FileNotFoundError:
            pytest.fail("The tests need Node.js: install it, then run `sh tests/editor.sh`.")
        self._numbers, self._versions = itertools.count(1), itertools.count(1)
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._told: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        self._open: set[str] = set()
        self._configured = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        able = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
            "workspace": {
                "configuration": True,
                "workspaceFolders": True,
                "didChangeWatchedFiles": {"dynamicRegistration": True},
            },
        }
        root = self.folder.as_uri()
        folders = [{"uri": root, "name": self.folder.name}]
        self.ask("initialize", processId=os.getpid(), rootUri=root, workspaceFolders=folders, capabilities=able)
        self._tell("initialized")
        if not self._configured.wait(WAIT):
            pytest.fail("The language server never asked for its settings.")
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()

    def faults(self, file: str, text: str) -> list[Fault]:
        """What the server underlines in a file that holds `text`."""
        return self.all_faults({file: text})[file]

    def all_faults(self, texts: dict[str, str]) -> dict[str, list[Fault]]:
        """What the server underlines in each of several files, which it may look at all at once."""
        for file, text in texts.items():
            uri = self._address(file)
            self._forget(uri)
            document = {"uri": uri, "version": next(self._versions)}
            if uri in self._open:
                self._tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
            else:
                self._tell("textDocument/didOpen", textDocument=document | {"languageId": "yaml", "text": text})
                self._open.add(uri)
        return {file: self._faults(file) for file in texts}

    def again(self, file: str, changed: str) -> list[Fault]:
        """What is underlined in an open file once another file has changed on disk."""
        self._forget(self._address(file))
        self._tell("workspace/didChangeWatchedFiles", changes=[{"uri": self._address(changed), "type": 2}])
        return self._faults(file)

    def _faults(self, file: str) -> list[Fault]:
        found = self._told[self._address(file)].get(timeout=WAIT)
        return sorted((one["range"]["start"]["line"] + 1, one["message"]) for one in found)

    def _forget(self, uri: str) -> None:
        """Whatever was told of a file before counts no more."""
        self._told[uri] = queue.Queue()

    def completions(self, file: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What is offered at a place, counted from 0, by its label."""
        found = self.ask("textDocument/completion", **self._place(file, line, column))
        return {item["label"]: item for item in found["items"]}

    def hover(self, file: str, line: int, column: int) -> str:
        """What is told of what stands at a place."""
        found = self.ask("textDocument/hover", **self._place(file, line, column))
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, **values: Any) -> Any:
        number = next(self._numbers)
        answer = self._answers.setdefault(number, queue.Queue())
        self._send({"id": number, "method": method, "params": values})
        return answer.get(timeout=WAIT)

    def _place(self, file: str, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._address(file)}, "position": {"line": line, "character": column}}

    def _address(self, file: str) -> str:
        return (self.folder / file).as_uri()

    def _tell(self, method: str, **values: Any) -> None:
        self._send({"method": method, "params": values})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        out = self._process.stdout
        assert out
        while line := out.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
                while out.readline().strip():
                    pass
                self._hear(json.loads(out.read(length)))

    def _hear(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            told = message["params"]
            self._told.setdefault(told["uri"], queue.Queue()).put(told["diagnostics"])
        elif method and "id" in message:
            self._send({"id": message["id"], "result": self._settled(method, message.get("params"))})
            if method == "workspace/configuration":
                self._configured.set()
        elif not method and message["id"] in self._answers:
            self._answers[message["id"]].put(message.get("result"))

    def _settled(self, method: str, params: Any) -> Any:
        """What an editor's program answers: its settings, where it is asked for them."""
        if method != "workspace/configuration":
            return None
        return [self._section(item.get("section", "")) for item in params["items"]]

    def _section(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in self._settings.items():
            if key.startswith(f"{name}."):
                inner = found
                *way, last = key.removeprefix(f"{name}.").split(".")
                for step in way:
                    inner = inner.setdefault(step, {})
                inner[last] = value
        return found
