"""上级任务对照表 as a Word file for the superior: written once anybody has confirmed anything, never over a clerk's draft."""

from __future__ import annotations

import hashlib

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.templates import words
from tracker.rules.comparing.annex import level_annex
from tracker.rules.reporting.report import Letterhead
from tracker.steps.comparing.levels import LevelBook
from tracker.steps.comparing.workbook import FOLDER
from tracker.steps.desk import Desk
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files


def write_annex(desk: Desk, book: LevelBook) -> tuple[list[str], bool]:
    """Write the document; what to tell, and whether it stands where it belongs."""
    if not book.levels.judgements:
        return [], True
    settings = desk.settings
    head = Letterhead(settings.text("office_name"), settings.text("superior"), settings.text("place_name"))
    say = words("years.txt", office=desk.folder.root)
    document = level_annex(book.office, book.levels, say, head, as_of=desk.today)
    name = f"上级任务对照表-{book.superior}.docx"
    data = render_official(document)
    ours = versions(desk)
    hashes = ours.get(f"{FOLDER}/{name}", [])
    sha = hashlib.sha256(data).hexdigest()
    if hashes[-1:] != [sha]:
        with desk.act("compare") as act:
            act.add(facts.SheetWritten(f"{FOLDER}/{name}", len(hashes) + 1, desk.ledger.last_seq, sha))
    lines, all_written = write_files(desk, {name: data}, ours)
    if book.levels.open_ids:
        lines.append(f"  其中{len(book.levels.open_ids)}项还没有确认，文中写明“待确认”，报送前请先确认。")
    return lines, all_written
