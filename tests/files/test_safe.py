"""Writing a file that somebody may have open."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tracker.files import safe
from tracker.files.safe import Beside, WriteState, editor_of, machine, safe_write, versions_beside
from tracker.problems.files import CannotWrite

NINE = datetime.fromisoformat("2026-03-02T09:00+08:00")  # Monday


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "工作台账.xlsx"
    path.write_bytes(b"what the office typed")
    return path


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe, "WAITS", (0.0, 0.0))


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def test_a_new_file_is_written_and_nothing_else_stays(tmp_path):
    written = safe_write(tmp_path / "报告.docx", b"new")

    sha = hashlib.sha256(b"new").hexdigest()
    assert written == safe.WriteResult(WriteState.WRITTEN, tmp_path / "报告.docx", sha=sha)
    assert (tmp_path / "报告.docx").read_bytes() == b"new"
    assert names(written.path) == ["报告.docx"]


def test_equal_bytes_leave_the_file_untouched_even_when_it_is_open(ledger, owner_file):
    os.utime(ledger, (1_000_000_000, 1_000_000_000))
    owner_file(ledger.with_name("~$工作台账.xlsx"))

    written = safe_write(ledger, b"what the office typed")

    assert written.state == WriteState.UNCHANGED
    assert ledger.stat().st_mtime == 1_000_000_000


@pytest.mark.parametrize("mark", ["~$工作台账.xlsx", ".~lock.工作台账.xlsx#", ".~工作台账.xlsx"])
def test_a_file_with_an_owner_is_left_alone_and_the_new_one_lies_beside_it(ledger, mark, owner_file):
    owner_file(ledger.with_name(mark))

    written = safe_write(ledger, b"new", now=NINE)

    assert ledger.read_bytes() == b"what the office typed"
    assert written.state == WriteState.BESIDE
    assert written.path.name == "工作台账（新版-待替换 0900 11507a）.xlsx"
    assert written.path.read_bytes() == b"new"
    assert mark in written.why


def test_once_it_is_closed_the_next_run_replaces_it(ledger, owner_file):
    mark = owner_file(ledger.with_name("~$工作台账.xlsx"))
    safe_write(ledger, b"new", now=NINE)
    mark.unlink()

    assert safe_write(ledger, b"newer").state == WriteState.WRITTEN
    assert ledger.read_bytes() == b"newer"


def test_the_same_bytes_are_not_laid_beside_twice(ledger, owner_file):
    owner_file(ledger.with_name("~$工作台账.xlsx"))

    first = safe_write(ledger, b"new", now=NINE)
    second = safe_write(ledger, b"new", now=NINE.replace(hour=10))

    assert first.path == second.path
    assert versions_beside(ledger) == (first.path,)


def test_a_file_that_waits_is_never_overwritten_by_a_later_one(ledger, owner_file):
    owner_file(ledger.with_name("~$工作台账.xlsx"))

    first = safe_write(ledger, b"new", now=NINE)
    second = safe_write(ledger, b"newer", now=NINE)

    assert first.path.read_bytes() == b"new"
    assert second.path != first.path


def test_a_file_that_was_changed_since_it_was_read_is_left_alone(ledger):
    read = hashlib.sha256(ledger.read_bytes()).hexdigest()
    ledger.write_bytes(b"typed in the meantime")

    written = safe_write(ledger, b"new", expect=read, now=NINE)

    assert written.state == WriteState.BESIDE
    assert ledger.read_bytes() == b"typed in the meantime"
    assert "又被修改过" in written.why


def test_a_file_that_is_as_it_was_read_is_replaced(ledger):
    read = hashlib.sha256(ledger.read_bytes()).hexdigest()

    assert safe_write(ledger, b"new", expect=read).state == WriteState.WRITTEN


def test_a_file_that_was_renamed_since_it_was_read_is_not_made_again(ledger):
    read = hashlib.sha256(ledger.read_bytes()).hexdigest()
    ledger.rename(ledger.with_name("改名.xlsx"))

    written = safe_write(ledger, b"new", expect=read, now=NINE)

    assert written.state == WriteState.BESIDE
    assert not ledger.exists()


def test_a_file_that_somebody_saves_between_two_tries_is_left_alone(ledger, monkeypatch):
    read = hashlib.sha256(ledger.read_bytes()).hexdigest()
    replace = Path.replace

    def held_once(source: Path, target: Path) -> None:
        monkeypatch.setattr(Path, "replace", replace)
        ledger.write_bytes(b"saved by the editor")
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held_once)

    written = safe_write(ledger, b"new", expect=read, now=NINE)

    assert written.state == WriteState.BESIDE
    assert ledger.read_bytes() == b"saved by the editor"


def refuse(*failures: OSError):
    """A Path.replace that fails as Windows does when a program holds the target, then works."""
    left, replace = list(failures), Path.replace

    def fake(source: Path, target: Path) -> None:
        if left:
            raise left.pop(0)
        replace(source, target)

    return fake


def test_a_scanner_that_holds_the_file_for_a_moment_does_not_matter(ledger, monkeypatch):
    monkeypatch.setattr(Path, "replace", refuse(PermissionError(13, "5"), PermissionError(13, "32")))

    assert safe_write(ledger, b"new").state == WriteState.WRITTEN
    assert names(ledger) == ["工作台账.xlsx"]


def test_a_program_that_holds_the_file_to_the_end_keeps_it(ledger, monkeypatch):
    monkeypatch.setattr(Path, "replace", refuse(*[PermissionError(13, "32")] * 3))

    written = safe_write(ledger, b"new", now=NINE)

    assert written.state == WriteState.BESIDE
    assert ledger.read_bytes() == b"what the office typed"
    assert names(ledger) == ["工作台账.xlsx", "工作台账（新版-待替换 0900 11507a）.xlsx"]


def test_a_file_that_cannot_be_opened_for_writing_is_left_alone(ledger, monkeypatch):
    really_open = Path.open

    def locked(self: Path, mode: str = "r", *rest, **more):
        if self == ledger and "+" in mode:
            raise PermissionError(13, "held")
        return really_open(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", locked)

    assert safe_write(ledger, b"new", now=NINE).state == WriteState.BESIDE
    assert ledger.read_bytes() == b"what the office typed"


def test_on_windows_an_owner_file_that_a_crash_left_does_not_count(ledger, monkeypatch):
    monkeypatch.setattr(safe, "_MARKS_ARE_HELD", True)
    ledger.with_name("~$工作台账.xlsx").write_bytes(b"")

    assert safe_write(ledger, b"new").state == WriteState.WRITTEN


def test_on_windows_an_owner_file_that_excel_holds_counts(ledger, monkeypatch):
    monkeypatch.setattr(safe, "_MARKS_ARE_HELD", True)
    ledger.with_name("~$工作台账.xlsx").write_bytes(b"")

    def held(self: Path, target: Path) -> None:
        raise PermissionError(13, "32")

    monkeypatch.setattr(Path, "rename", held)

    assert safe_write(ledger, b"new", now=NINE).state == WriteState.BESIDE


@pytest.mark.parametrize(
    ("mark", "content"),
    [
        (
            "~$工作台账.xlsx",
            b"\x04" + "王芳".encode("gb18030").ljust(54) + b"\x02\0" + "王芳".encode("utf-16-le"),
        ),
        ("~$工作台账.xlsx", b"\x04" + "王芳".encode("gb18030")),
        (".~lock.工作台账.xlsx#", "王芳,wf,PC-7,02.03.2026 09:00,file:///C:/x;".encode()),
        (".~lock.工作台账.xlsx#", ",王芳,PC-7,02.03.2026 09:00,file:///C:/x;".encode()),
    ],
)
def test_the_owner_file_tells_who_has_it_open(ledger, mark, content, owner_file):
    owner_file(ledger.with_name(mark), content)

    assert editor_of(ledger) == "王芳"
    assert "“王芳”" in safe_write(ledger, b"new", now=NINE).why


def test_a_full_disk_leaves_the_file_and_no_rubbish(ledger, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CannotWrite, match=r"工作台账.*磁盘空间已满"):
        safe_write(ledger, b"new")
    assert ledger.read_bytes() == b"what the office typed"
    assert names(ledger) == ["工作台账.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_permissions_of_the_file_stay(ledger):
    ledger.chmod(0o664)

    safe_write(ledger, b"new")

    assert ledger.stat().st_mode & 0o777 == 0o664


WRITER = """
import sys
from pathlib import Path
from tracker.files.safe import safe_write
target, n = Path(sys.argv[1]), 0
while True:
    n += 1
    safe_write(target, bytes([n % 256]) * (50_000 + n % 1000))
    print("written", flush=True)
"""


def test_a_killed_writer_leaves_a_whole_file(tmp_path):
    target = tmp_path / "台账.xlsx"
    for kill in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.013 * kill)
        writer.kill()
        writer.wait()
        writer.stdout.close()

        content = target.read_bytes()
        assert len(content) >= 50_000
        assert len(set(content)) == 1


def test_what_was_laid_beside_goes_when_the_target_is_written_and_what_somebody_worked_in_stays(
    ledger, owner_file
):
    mark = owner_file(ledger.with_name("~$工作台账.xlsx"))
    first = safe_write(ledger, b"new", now=NINE)
    second = safe_write(ledger, b"newer", now=NINE)
    second.path.write_bytes(b"newer, and somebody typed here")
    mark.unlink()

    written = safe_write(ledger, b"newest", now=NINE)

    assert (written.state, written.leftovers) == (WriteState.WRITTEN, (second.path,))
    assert not first.path.exists()
    assert second.path.read_bytes() == b"newer, and somebody typed here"


def test_what_was_laid_beside_and_is_open_stays(ledger, owner_file):
    mark = owner_file(ledger.with_name("~$工作台账.xlsx"))
    beside = safe_write(ledger, b"new", now=NINE).path
    owner_file(beside.with_name(f"~${beside.name}"))
    mark.unlink()

    assert safe_write(ledger, b"newest", now=NINE).leftovers == (beside,)
    assert beside.exists()


def test_a_folder_is_listed_once_for_all_files_that_are_written_into_it(tmp_path, monkeypatch):
    listings = []
    whole = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listings.append(folder) or whole(folder))
    monkeypatch.setattr(safe, "sweep", lambda folder, newest: listings.append(folder))
    beside = Beside()

    for n in range(30):
        safe_write(tmp_path / f"{n}.xlsx", b"new", beside=beside)

    # Once for versions beside, once for what killed processes left.
    assert len(listings) == 2


def test_a_version_that_was_laid_beside_goes_with_a_later_write_of_the_same_listing(ledger, owner_file):
    beside = Beside()
    mark = owner_file(ledger.with_name(f"~${ledger.name}"))
    version = safe_write(ledger, b"new", now=NINE, beside=beside).path
    mark.unlink()

    safe_write(ledger, b"newer", now=NINE, beside=beside)

    assert not version.exists()


def test_what_a_killed_process_left_goes_with_the_next_write_and_a_living_one_keeps_its_own(ledger):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    for process in (dead, living):
        ledger.with_name(f".~tracker-{machine()}-{process.pid}-0.tmp").write_bytes(b"half")

    safe_write(ledger, b"new")
    living.communicate(b"\n")

    assert names(ledger) == [f".~tracker-{machine()}-{living.pid}-0.tmp", "工作台账.xlsx"]


def test_what_another_machine_left_is_swept_an_hour_later_and_not_before(ledger):
    old, fresh = ledger.with_name(".~tracker-zz-1-0.tmp"), ledger.with_name(".~tracker-zz-2-0.tmp")
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)

    safe_write(ledger, b"new")

    assert names(ledger) == [".~tracker-zz-2-0.tmp", "工作台账.xlsx"]
