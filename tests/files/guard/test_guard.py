"""The door: whatever comes, the caller gets a source or a named refusal, quickly, and lives."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, strategies as st

from tests.soaks import door as soak
from tests.support import hostile
from tests.support.hostile import HOSTILE, Hostile
from tests.support.properties import examples
from tests.support.word_parts import p
from tracker.files import programs
from tracker.files.guard import limits, opening, read_bytes, wire, worker as worker_module
from tracker.files.guard.limits import RANGE_NAMES, ROWS, SHEETS
from tracker.files.guard.pool import BATCH_BYTES, BATCH_FILES, Died, Pool, Worker, _batch
from tracker.grid import ErrorValue, Source
from tracker.problems.base import TrackerError
from tracker.problems.files import (
    CannotOpen,
    NeedsOffice,
    NoSuchFile,
    NotAFile,
    NotConverted,
    Oversized,
    ReaderFailed,
)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.what)
def test_a_hostile_file_is_refused_by_name_or_read(case: Hostile) -> None:
    data = case.draw()
    opening.warm()

    try:
        opening.read_bytes(data, case.name)
        code = ""
    except TrackerError as refusal:
        code = refusal.code
        assert str(refusal).startswith(case.name)

    assert code in (case.codes or ("",))


def test_the_workbook_that_aborts_a_reader_is_small() -> None:
    assert len(hostile.two_corners()) < 4700


def test_without_the_gate_the_worker_would_die_and_the_caller_would_still_live() -> None:
    program = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from tests.support import hostile\n"
        "from tracker.formats.readers import sheets\n"
        "from tracker.files.guard import limits\n"
        "limits.confine_this_process()\n"
        "sheets._AREA = 1 << 60\n"
        "sheets.read_xlsx(hostile.two_corners(), 'x')\n"
    )

    gone = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    # Killed, not an exception that anybody could have caught.
    assert gone.returncode != 0


@pytest.mark.parametrize("share", range(1, 40))
def test_a_workbook_cut_off_anywhere_is_refused_by_name(share: int) -> None:
    data = hostile.HONEST[: len(hostile.HONEST) * share // 40]

    with pytest.raises(TrackerError) as refused:
        opening.read_bytes(data, "方案.xlsx")

    assert refused.value.code == "damaged"


@examples(60)
@given(st.data())
def test_a_file_with_bytes_changed_is_read_or_refused_by_name(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([hostile.HONEST, hostile.document("<w:p/>"), hostile.picture_pdf(), hostile.biff()])
    )
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        source = opening.read_bytes(bytes(changed), "方案.xlsx")
        assert isinstance(source, Source)
    except TrackerError as refusal:
        assert str(refusal).startswith("方案.xlsx：")


def test_one_worker_reads_one_file_after_the_other() -> None:
    pool = Pool()
    pool.ask("a.txt", b"abc")
    first = pool._idle[0].pid
    pool.ask("b.txt", b"def")

    assert [worker.pid for worker in pool._idle] == [first]
    pool.close()


def test_a_worker_that_was_killed_is_replaced_and_nobody_notices() -> None:
    pool = Pool()
    pool.ask("a.txt", b"abc")
    pool._idle[0]._process.kill()

    word, source = pool.ask("b.txt", "甲".encode())

    assert (word, source.paragraphs[0].text) == ("source", "甲")
    pool.close()


def test_a_file_that_takes_too_long_is_given_up_and_its_worker_ended() -> None:
    worker = Worker()

    with pytest.raises(Died) as died:
        worker.ask("a.txt", b"x" * 30_000_000, 0.01)

    assert died.value.is_late
    assert worker._process.returncode is not None


def test_the_refusal_for_a_late_file_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReaderFailed, match=r"^慢\.txt：读取时超过了时间上限"):
        monkeypatch.setattr(opening, "_pool", _Late())
        opening.read_bytes(b"x", "慢.txt")


class _Late(Pool):
    def ask(self, name: str, data: bytes, seconds: float = 0, *, task: str = "source") -> tuple[str, object]:
        return super().ask(name, b"x" * 30_000_000, 0.01)


@pytest.mark.skipif(sys.platform == "win32", reason="the job limits memory there")
def test_a_worker_may_not_take_more_memory_than_allowed() -> None:
    program = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from tracker.files.guard import limits\n"
        "limits.confine_this_process()\n"
        f"bytearray({limits.WORKER_BYTES})\n"
    )

    gone = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "MemoryError" in gone.stderr


def test_threads_that_ask_at_the_same_time_all_get_their_own_answer() -> None:
    pool = Pool()
    answers: dict[int, str] = {}

    def ask(number: int) -> None:
        answers[number] = pool.ask("a.txt", f"{number}号".encode())[1].paragraphs[0].text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {number: f"{number}号" for number in range(4)}
    pool.close()


def test_only_plain_values_come_out_of_a_worker() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (os.getcwd, ())

    import io

    pipe = io.BytesIO()
    wire.send(pipe, ("source", Evil()))
    pipe.seek(0)

    with pytest.raises(wire.NotPlain):
        wire.receive(pipe)


def test_a_source_passes_the_pipe_unchanged() -> None:
    import io

    source = opening.read_bytes(hostile.HONEST, "方案.xlsx")
    pipe = io.BytesIO()
    wire.send(pipe, (source, ErrorValue("#N/A")))
    pipe.seek(0)

    assert wire.receive(pipe) == (source, ErrorValue("#N/A"))
    assert pickle.loads(pickle.dumps(source)) == source


def test_the_source_names_its_bytes() -> None:
    source = opening.read_bytes(b"abc", "a.txt")

    assert source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_missing_file_a_folder_and_a_locked_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        opening.open_source(tmp_path / "没有.xlsx")
    with pytest.raises((NotAFile, CannotOpen)):
        opening.open_source(tmp_path)


def test_starting_the_door_imports_no_reader() -> None:
    program = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "import tracker.files.guard.worker, tracker.files.guard.opening\n"
        "heavy = {'lxml', 'python_calamine', 'pdfplumber', 'openpyxl', 'docx', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


def test_files_damaged_at_random_never_end_a_worker() -> None:
    came = soak.main(300)

    assert not [what for what in came if what.startswith("died")]
    assert sum(times for what, times in came.items() if what != "slowest, ms") == 300
    assert came["source"] > 20


def test_files_of_a_batch_are_answered_in_their_order() -> None:
    files = [(f"第{number}号".encode(), f"{number}.txt") for number in range(40)]

    readings = opening.read_files(files)

    assert [reading.source.paragraphs[0].text for reading in readings if reading.source] == [
        f"第{number}号" for number in range(40)
    ]


def test_one_bad_file_in_a_batch_harms_only_itself() -> None:
    files = [(b"abc", "a.txt"), (b"", "空.xlsx"), (b"PK\x03\x04 cut short", "坏.xlsx"), (b"def", "b.txt")]

    first, empty, bad, last = opening.read_files(files)

    assert first.source and last.source and first.problem is last.problem is None
    assert "空.xlsx" in str(empty.problem) and "坏.xlsx" in str(bad.problem)


def test_after_a_worker_died_of_a_batch_each_of_its_files_is_asked_for_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []
    whole = Worker.ask_all

    def die_of_two(worker: Worker, files: Sequence[tuple[str, bytes]], seconds: float, task: str) -> Any:
        sizes.append(len(files))
        if len(files) > 1:
            worker._process.kill()
        return whole(worker, files, seconds, task)

    monkeypatch.setattr(Worker, "ask_all", die_of_two)
    readings = opening.read_files([(b"abc", "a.txt"), (b"def", "b.txt")])

    assert [reading.source.paragraphs[0].text for reading in readings if reading.source] == ["abc", "def"]
    # Each is asked for its cells and for its pictures.
    assert sizes == [2, 1, 1, 1, 1]


def test_a_batch_is_bounded_in_files_and_in_bytes() -> None:
    assert len(_batch([("a.txt", b"x")] * 100, 0)) == BATCH_FILES
    assert len(_batch([("a.txt", bytes(BATCH_BYTES // 2))] * 9, 0)) == 2
    assert len(_batch([("a.txt", bytes(2 * BATCH_BYTES)), ("b.txt", b"x")], 0)) == 1


def test_a_file_that_breaks_beside_others_is_answered_alone_and_ends_the_batch() -> None:
    def broken(data: bytes, name: str) -> tuple[str, Any]:
        return ("broken", "MemoryError") if data == b"bad" else ("source", name)

    files = [("a.txt", b"good"), ("b.txt", b"bad"), ("c.txt", b"good")]
    assert _served(broken, files) == ([("source", "a.txt"), ("alone", None)], True)
    assert _served(broken, files[1:2]) == ([("broken", "MemoryError")], True)


def _served(task: Callable[[bytes, str], tuple[str, Any]], files: list[tuple[str, bytes]]) -> Any:
    requests, answers = io.BytesIO(), io.BytesIO()
    wire.send(requests, ("drawn", files))
    requests.seek(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(worker_module._TASKS, "drawn", task)
        # Limits of a worker are not for the process of the tests.
        patch.setattr(worker_module, "allow_processor_time", lambda: None)
        patch.setattr(worker_module, "memory_in_use", lambda: 0)
        worker_module.serve(requests, answers)
    answers.seek(0)
    return wire.receive(answers)


ROWS_OF_FORMAT = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(9, ROWS + 10))


def with_more(part, before, more):
    """A small workbook with more bytes in one of its parts."""
    book = openpyxl.Workbook()
    book.active["A1"] = "任务"
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as larger:
        for name in archive.namelist():
            data = archive.read(name)
            larger.writestr(name, data.replace(before, before + more, 1) if name == part else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "before", "more", "word"),
    [
        (
            "xl/workbook.xml",
            b"</sheets>",
            b'<definedName name="n">x</definedName>' * (RANGE_NAMES + 1),
            "名称定义",
        ),
        ("xl/workbook.xml", b"<sheets>", b'<sheet name="s" sheetId="9"/>' * (SHEETS + 1), "工作表"),
        (
            "xl/worksheets/sheet1.xml",
            b"</row>",
            ROWS_OF_FORMAT,
            "只有格式",
        ),
    ],
    ids=["names of ranges", "sheets", "rows with a format only"],
)
def test_a_workbook_beyond_a_budget_is_refused_with_what_there_is_too_much_of(part, before, more, word):
    with pytest.raises(Oversized, match=word):
        read_bytes(with_more(part, before, more), "表.xlsx")


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_an_old_document_is_converted_and_read(ending: str, soffice: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(hostile.document(p("工作要点") + p("1.甲（市教育局负责）")))
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", ending,
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    source = opening.open_source(tmp_path / f"a.{ending}")

    assert source.kind == ending
    assert [paragraph.text for paragraph in source.paragraphs] == ["工作要点", "1.甲（市教育局负责）"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_sheet_in_the_xml_of_excel_2003_is_converted_and_read(soffice: str, encoding: str) -> None:
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="分工表"><Table>'
        f"<Row>{cell.format('', '任务')}{cell.format('', '责任单位')}</Row>"
        f"<Row>{cell.format('', '甲')}{cell.format('', '市教育局')}</Row>"
        "</Table></Worksheet></Workbook>"
    )

    source = opening.read_bytes(sheet.encode(encoding), "方案.xls")

    assert source.kind == "xml-sheet"
    assert source.grids[0].name == "分工表"
    assert source.grids[0].rows == (("任务", "责任单位"), ("甲", "市教育局"))


def test_without_an_office_program_the_refusal_says_how_to_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "_LIBREOFFICE_PLACES", ())

    with pytest.raises(NeedsOffice, match=r"这是RTF 文件.*另存为 \.docx"):
        opening.read_bytes(b"{\\rtf1 x}", "方案.rtf")


def test_a_conversion_that_takes_too_long_is_given_up(soffice: str) -> None:
    with pytest.raises(NotConverted, match="转换超时"):
        opening.convert(b"{\\rtf1 x}", kind="rtf", name="方案.rtf", seconds=0.01)
