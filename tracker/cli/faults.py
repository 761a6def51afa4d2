"""A fault of ours: one sentence for whoever sees it, its details in a file for whoever mends it.

The sentence names the file and nothing of the fault: an exception's own words quote what they got, which may be a
password or what a unit wrote. The details have the secrets taken out that we know of.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import traceback
from pathlib import Path

from tracker.steps.call import CHINA

DEBUG = "TRACKER_DEBUG"
FOLDER = "tracker-faults"


def fault_notice() -> str:
    """What to show of the fault that is being handled; with TRACKER_DEBUG its details instead of the sentence."""
    if os.environ.get(DEBUG):
        return _details()
    place = _keep(_details())
    return (
        f"程序出现意外问题，已停下，没有留下写了一半的内容。详情记在 {place}，请发给维护的同事。[unexpected]"
    )


def _details() -> str:
    from tracker.files.channels import without_secrets

    return without_secrets(traceback.format_exc())


def _keep(details: str) -> str:
    """Write the details where they can be found and sent on; say where."""
    folder = Path(tempfile.gettempdir()) / FOLDER
    name = f"{dt.datetime.now(CHINA):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(details, encoding="utf-8")
    except OSError:
        return "（无法写入临时文件夹）"
    return str(folder / name)
