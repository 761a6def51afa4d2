"""Owner files: the marks by which a program says that it has a workbook open, and who sits before it.

Owner files are a hint that outlives a crash of Excel. On Windows an owner file counts only while its program
holds it (it cannot be renamed to itself then); elsewhere a rename over an open file succeeds silently and the
editor's next save would destroy ours, so there every owner file counts, and the sentence says which file to
delete when nobody has the workbook open.
"""

from __future__ import annotations

import os
from pathlib import Path

_MARKS_ARE_HELD = os.name == "nt"


def owner(path: Path) -> Path | None:
    """The file by which a program says that it has this one open, where there is one that counts."""
    for name in (f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}"):
        mark = path.with_name(name)
        if mark.exists() and (not _MARKS_ARE_HELD or _is_held(mark)):
            return mark
    return None


def editor_of(path: Path) -> str:
    """Who has the file open, as the owner file tells; empty where it does not.

    Excel and WPS write the length of the name and the name (then padding); LibreOffice writes fields between
    commas, the name first and the computer's account second.
    """
    mark = owner(path)
    if mark is None:
        return ""
    try:
        content = mark.read_bytes()
    except OSError:  # Excel may forbid even reading it
        return ""
    if mark.name.startswith(".~lock."):
        fields = content.decode("utf-8", "replace").split(",")
        return next((field.strip() for field in fields[:2] if field.strip()), "")
    # Byte 0 is the length; the single-byte copy is in the code page of that PC, the second copy is UTF-16.
    wide = content[55:]
    if len(wide) > 2 and 0 < wide[0] <= 52:
        return wide[2 : 2 + 2 * wide[0]].decode("utf-16-le", "replace").strip("\0 ")
    length = content[0] if content else 0
    return content[1 : 1 + length].decode("gb18030", "replace").strip("\0 ")


def _is_held(path: Path) -> bool:
    try:
        path.rename(path)
    except PermissionError:
        return True
    except OSError:
        return path.exists()
    return False
