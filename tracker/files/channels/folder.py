"""The channel that needs nothing: a folder that a person sends from, by whatever means the office has.

    督办/待发/2026-03-02/M12 市教育局 工作提醒/
        正文.txt      the text, to be pasted
        *.docx        the attachments
        邮件.eml      all of it as mail, to be opened in the office's mail program

The place and the bytes are functions of the message, so doing it again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from tracker.files.channels import Delivery
from tracker.files.channels import Parcel
from tracker.files.channels.letters import mail_message
from tracker.files.safe import WriteState
from tracker.files.safe import safe_write
from tracker.problems.writing import CannotWrite
from tracker.rules.outgoing.outbox import SendOutcome

TEXT, LETTER = "正文.txt", "邮件.eml"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def lay_ready(parcel: Parcel, root: Path, name: str, *, day: dt.date) -> Delivery:
    """Lay a message out under `root`; `name` says for whom and what."""
    folder = root / day.isoformat() / _FORBIDDEN.sub("", f"{parcel.message.message} {name}")[:80].rstrip(" .")
    files = [(TEXT, parcel.message.body.encode("utf-8-sig")), *parcel.files]
    files.append((LETTER, bytes(mail_message(parcel, ""))))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = [name for name, data in files if safe_write(folder / name, data).state is WriteState.BESIDE]
    except (OSError, CannotWrite):
        return Delivery(SendOutcome.FAILED, "“督办/待发”写不进去", stops=True)
    if beside:
        return Delivery(SendOutcome.FAILED, f"“{beside[0]}”正被打开")
    return Delivery(SendOutcome.SENT, "已放进“督办/待发”")
