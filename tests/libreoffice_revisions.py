"""Accepts or rejects all changes of Word files in one LibreOffice, and saves them as Word files again.

Run by the system's Python, which has LibreOffice's `uno` module: python3 libreoffice_revisions.py FOLDER < jobs.json
A job is [source, "accept" or "reject", target]; FOLDER becomes LibreOffice's profile.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

FILTER = "MS Word 2007 XML"
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
START_SECONDS = 60


def named(name, value):
    """A setting in UNO's form."""
    setting = PropertyValue()
    setting.Name, setting.Value = name, value
    return setting


def connect(pipe):
    """The running office, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def resolve_all(office, jobs):
    """Do the jobs one after the other."""
    desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    dispatcher = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", office)
    for source, verdict, target in jobs:
        opening = (named("Hidden", True), named("FilterName", FILTER))
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, opening)
        dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[verdict], "", 0, ())
        document.storeToURL(Path(target).as_uri(), (named("FilterName", FILTER),))
        document.close(True)
    with contextlib.suppress(DisposedException):  # when it is faster than its answer
        desktop.terminate()


def main():
    """One office for all jobs of the standard input."""
    folder = Path(sys.argv[1])
    pipe = f"revisions-{os.getpid()}"  # pipes are the whole machine's
    profile = f"-env:UserInstallation={folder.as_uri()}"
    options = ["--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp"]
    process = subprocess.Popen(["soffice", profile, *options])  # in this group, so that it can be killed with it
    try:
        resolve_all(connect(pipe), json.load(sys.stdin))
        process.wait(30)
    finally:
        process.kill()


if __name__ == "__main__":
    main()
