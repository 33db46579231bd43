"""The LibreOffice profile of ours: nothing runs, nothing is fetched, nothing is remembered. And its environment."""

import hashlib
import os
from pathlib import Path

from services.libreoffice.installation import SYSTEM_PATH

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"

# A proxy at a port where nobody listens: what asks for the network all the same gets none.
_NOWHERE, _CLOSED_PORT = "127.0.0.1", "9"

_SETTINGS = (
    # Images and other links of a document are not followed, neither to the network nor to files of this machine.
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetNoProxy", ""),
    (_INTERNET, "ooInetHTTPProxyName", _NOWHERE),
    (_INTERNET, "ooInetHTTPProxyPort", _CLOSED_PORT),
    (_INTERNET, "ooInetHTTPSProxyName", _NOWHERE),
    (_INTERNET, "ooInetHTTPSProxyPort", _CLOSED_PORT),
    ("/org.openoffice.Office.Common/History", "PickListSize", "0"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)


def write_profile(directory: Path) -> None:
    """Make a profile with these settings; LibreOffice adds the rest at its first start."""
    user = directory / "user"
    user.mkdir(parents=True)
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )


def profile_argument(directory: Path) -> str:
    """The argument that names the profile: every process of a slot has it, and no other process."""
    return f"-env:UserInstallation={directory.absolute().as_uri()}"


def pipe_file(directory: Path) -> Path:
    """The socket on which LibreOffice takes jobs for that profile; it stays behind in /tmp when it is killed."""
    digest = hashlib.md5(directory.absolute().as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}")  # noqa: S108 - LibreOffice knows no other folder


def minimal_environment(home: Path, temporary: Path) -> dict[str, str]:
    """All that LibreOffice gets to see of the environment: no key and no secret of ours is among it."""
    return {"PATH": SYSTEM_PATH, "HOME": str(home), "TMPDIR": str(temporary), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
