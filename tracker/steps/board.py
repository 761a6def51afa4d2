"""The page a leader looks at, as the year stands now, and the week's summary as a text for the leader's folder.

The page is the report's page without a report: nothing is frozen and nothing is recorded, it is drawn anew each time,
under a name of its own, so that a link to it stays good.

    报告/一页看板-P1.html          the page
    报告/图表.xlsx                 its pictures as native charts, all plans in one workbook
    报告/一页看板-P1.pdf, .png     one sheet of A4 and its picture, when asked for and where a program can print
    报告/每周小结/2026-03-02.txt   the same as `tracker status` says on that day

A 图表.xlsx that somebody has saved since is theirs: the new one is laid beside it. The week's summary is written once a
day, and again when something changed; the page is drawn with it.
"""

from __future__ import annotations

from pathlib import Path

from tracker.board import BoardPage, LastRun
from tracker.files.dashboard import lay_out_page
from tracker.files.folders import REPORTS
from tracker.files.programs import print_sheet
from tracker.files.safe import WriteState, safe_write
from tracker.formats.books import is_untouched, lay_out_charts, lay_out_sheet
from tracker.problems.base import Exit
from tracker.rules.board import one_page_of, page_of
from tracker.rules.office import Office
from tracker.rules.report import subject_of
from tracker.rules.slots import last_good
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.publishing import plans_of, year_of
from tracker.steps.status import status
from tracker.steps.today import watch
from tracker.steps.versions import put

CHARTS = "图表.xlsx"
_USE = {".html": "，用浏览器打开即可，也可以直接打印", ".xlsx": "，图可以直接复制到幻灯片里"}
_NO_PROGRAM = (
    "没有生成一页PDF和图片：这台电脑上没有 LibreOffice，也没有找到 Edge 或 Chrome。"
    "可以打开网页点“打印一页（A4）”，或打印图表.xlsx的“一页看板”工作表。"
)


def board(call: Call, *, sheet: bool = False) -> Result:
    """Draw every plan's page and charts; with `sheet` its sheet of A4, too."""
    with open_desk(call) as desk:
        office = desk.office()
        pages = {plan: _page(desk, office, plan) for plan in plans_of(desk, office, "", desk.today)}
        writes = _Writes(desk)
        for plan, page in pages.items():
            writes.write(f"一页看板-{plan}.html", lay_out_page(page, office=desk.folder.root))
        writes.write(
            CHARTS,
            lay_out_charts(*((page, one_page_of(page)) for page in pages.values()), plans=tuple(pages)),
        )
        if sheet:
            for plan, page in pages.items():
                _print(writes, desk, plan, page)
        data = {
            "pages": [path for path in writes.paths if path.endswith(".html")],
            "files": writes.paths,
        }
        return Result(tuple(writes.lines), data, writes.outcome)


def _page(desk: Desk, office: Office, plan: str) -> BoardPage:
    summary = year_of(desk, office, plan, desk.today)
    title = f"{subject_of(summary)}进展情况"
    return page_of(summary, title, office=office, last_run=_activity(desk, office))


def _activity(desk: Desk, office: Office) -> LastRun:
    acts = desk.ledger.acts()
    ran = last_good(office)
    return LastRun(
        f"{acts[-1].recorded_at.astimezone(desk.call.now.tzinfo):%Y-%m-%d %H:%M}" if acts else "",
        f"{ran:%Y-%m-%d %H:%M}" if ran else "",
        tuple(watch(desk, office)),
    )


class _Writes:
    """Writes files into 报告 and says what became of each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lines: list[str] = []
        self.paths: list[str] = []
        self.outcome = Exit.DONE

    def write(self, name: str, data: bytes) -> None:
        """Write one file."""
        target = self._desk.folder.path(REPORTS, name)
        path = self._desk.folder.relative(target)
        self.paths.append(path)
        if self._desk.call.dry_run:
            self.lines.append(f"将生成 {path}")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        is_edited = name == CHARTS and _is_somebody_s(target)
        write_result = put(self._desk, target, data, name=path, is_edited=is_edited)
        if write_result.state is WriteState.BESIDE:
            self.outcome = Exit.PARTLY
            self.lines.append(f"{write_result.why}新内容在 {self._desk.folder.relative(write_result.path)}。")
        else:
            self.lines.append(f"已生成 {path}{_USE.get(target.suffix, '')}。")

    def fail(self, line: str) -> None:
        """Say what was not made."""
        self.outcome = Exit.PARTLY
        self.lines.append(line)


def _print(writes: _Writes, desk: Desk, plan: str, page: BoardPage) -> None:
    names = (f"一页看板-{plan}.pdf", f"一页看板-{plan}.png")
    if desk.call.dry_run:
        for name in names:
            writes.write(name, b"")
        return
    printout = print_sheet(lay_out_sheet(one_page_of(page)), lay_out_page(page, office=desk.folder.root))
    if printout.pdf:
        for name, data in zip(names, (printout.pdf, printout.png), strict=True):
            writes.write(name, data)
    elif printout.failures:
        writes.fail(f"没有生成 {names[0]} 和图片：{'；'.join(printout.failures)}。")
    elif _NO_PROGRAM not in writes.lines:
        writes.lines.append(_NO_PROGRAM)


def _is_somebody_s(target: Path) -> bool:
    return target.is_file() and not is_untouched(target.read_bytes())


WEEKLY_FOLDER = (REPORTS, "每周小结")


def weekly(call: Call) -> Result:
    """Write the summary of the day and draw the page."""
    summary, page = status(call), board(call)
    with open_desk(call) as desk:
        path = desk.folder.path(*WEEKLY_FOLDER, f"{desk.today.isoformat()}.txt")
        if not call.dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "\n".join(summary.lines) + "\n"
            safe_write(path, text.encode("utf-8-sig"), now=call.now)
        name = desk.folder.relative(path)
    return Result((f"每周小结：{name}", *page.lines), {"summary": name, **page.data}, page.exit)
