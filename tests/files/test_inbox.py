"""Everything that lies in the folder comes in once, whatever its name, and what only programs need stays out."""

from __future__ import annotations

import io
import os
import zipfile

from tracker.files.inbox import arrivals


def names(folder):
    return [each.name for each in arrivals(folder)]


def zipped(members, **how):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data, **how)
    return buffer.getvalue()


def test_the_file_that_was_saved_first_comes_first(tmp_path):
    for name, stamp in (("a.xlsx", 2_000_000_000), ("b.xlsx", 1_000_000_000)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (stamp, stamp))

    assert names(tmp_path) == ["b.xlsx", "a.xlsx"]


def test_files_that_programs_keep_for_themselves_are_passed_over(tmp_path):
    for name in ("~$表.xlsx", ".~lock.表.xlsx#", "Thumbs.db", "desktop.ini", ".DS_Store", "x.tmp", "表.xlsx"):
        (tmp_path / name).write_bytes(b"x")

    assert names(tmp_path) == ["表.xlsx"]


def test_folders_and_archives_are_opened(tmp_path):
    (tmp_path / "市教育局").mkdir()
    (tmp_path / "市教育局" / "表.xlsx").write_bytes(b"x")
    (tmp_path / "包.zip").write_bytes(
        zipped({"里面/甲.xlsx": b"1", "乙.docx": b"2", "__MACOSX/._甲.xlsx": b"3"})
    )

    assert sorted(names(tmp_path)) == ["包.zip/乙.docx", "包.zip/里面/甲.xlsx", "市教育局/表.xlsx"]


def test_a_workbook_is_an_archive_too_and_is_left_whole(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(zipped({"[Content_Types].xml": b"<x/>"}))

    assert names(tmp_path) == ["表.xlsx"]


def test_an_archive_that_is_too_large_or_cannot_be_opened_is_named_and_not_unpacked(tmp_path):
    (tmp_path / "大.zip").write_bytes(zipped({f"{n}.txt": b"" for n in range(300)}))
    (tmp_path / "炸.zip").write_bytes(zipped({"a.txt": b"\0" * 70_000_000}))
    data = bytearray(zipped({"a.txt": bytes(range(256)) * 4}))
    data[60:90] = b"\xff" * 30
    (tmp_path / "坏.zip").write_bytes(bytes(data))

    found = {each.name: str(each.problem) for each in arrivals(tmp_path)}
    assert set(found) == {"大.zip", "炸.zip", "坏.zip"}
    assert "压缩包太大" in found["大.zip"] and "压缩包太大" in found["炸.zip"]
    assert "压缩包打不开" in found["坏.zip"]
