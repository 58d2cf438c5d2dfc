"""Lets LibreOffice accept and reject all revisions of the files in a folder; run by a Python that has its bridge."""

import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def property_of(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe):
    own = uno.getComponentContext()
    resolver = own.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", own)
    for _ in range(150):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def main(folder):
    pipe = f"pswkdocs{os.getpid()}"
    options = ("--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile")
    clean = {name: value for name, value in os.environ.items() if name not in ("LD_LIBRARY_PATH", "PYTHONPATH")}
    office = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={pipe};urp;"], env=clean)
    try:
        context = connected(pipe)
        make = context.ServiceManager.createInstanceWithContext
        desktop = make("com.sun.star.frame.Desktop", context)
        dispatcher = make("com.sun.star.frame.DispatchHelper", context)
        (folder / "out").mkdir()
        for kind, commands in (("tracked", ("Accept", "Reject")), ("old", ("",)), ("new", ("",))):
            for file in sorted((folder / kind).glob("*.docx")):
                for command in commands:
                    text = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (property_of("Hidden", True),))
                    frame = text.CurrentController.Frame
                    if command:
                        dispatcher.executeDispatch(frame, f".uno:{command}AllTrackedChanges", "", 0, ())
                    name = f"{file.stem}-{command.lower() + 'ed' if command else kind}.docx"
                    how = property_of("FilterName", "MS Word 2007 XML")
                    text.storeToURL((folder / "out" / name).as_uri(), (how,))
                    text.close(True)
        desktop.terminate()
    finally:
        office.terminate()
        office.wait()


main(Path(sys.argv[1]))
