"""Everything that lies in the folder comes in once, whatever its name, and what only programs need stays out."""

from __future__ import annotations

import io
import os
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

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
    assert set(found) == {"大.zip", "炸.zip", "坏.zip/a.txt"}
    assert "压缩包太大" in found["大.zip"] and "压缩包太大" in found["炸.zip"]
    assert "压缩包打不开" in found["坏.zip/a.txt"]


def test_a_damaged_part_of_an_archive_harms_only_itself(tmp_path):
    data = bytearray(zipped({"甲.txt": b"\1" * 50, "乙.txt": bytes(range(256)), "丙.txt": b"\2" * 50}))
    at = data.find("乙.txt".encode()) + len("乙.txt".encode())
    data[at : at + 20] = b"\xff" * 20
    (tmp_path / "包.zip").write_bytes(bytes(data))

    found = {each.name: each.problem for each in arrivals(tmp_path)}
    assert {name for name, problem in found.items() if problem} == {"包.zip/乙.txt"}
    assert set(found) == {"包.zip/甲.txt", "包.zip/乙.txt", "包.zip/丙.txt"}


@pytest.mark.parametrize(
    "spoil",
    [
        # Who made it stands before: 3 is Unix, 0 Windows.
        lambda data: re.sub(rb"(?<=PK\x01\x02\x14[\0\x03])\x14", b"\xff", data),
        lambda data: data.replace("甲".encode(), b"\xff\xfe\xfd"),
        lambda data: data[:-12],
    ],
    ids=["a version of zip that nobody knows", "a name that is no UTF-8", "cut off"],
)
def test_an_archive_that_no_program_opens_is_named_and_the_files_beside_it_come_in(tmp_path, spoil):
    whole = zipped({"甲.txt": b"1"})
    assert spoil(whole) != whole
    (tmp_path / "包.zip").write_bytes(spoil(whole))
    (tmp_path / "表.xlsx").write_bytes(b"x")

    found = {each.name: each.problem for each in arrivals(tmp_path)}
    assert found["表.xlsx"] is None and "包.zip" in str(found["包.zip"])


def test_a_file_that_is_too_large_is_named_without_being_read(tmp_path, monkeypatch):
    with (tmp_path / "会议录像.mp4").open("wb") as file:
        file.truncate(3_000_000_000)
    (tmp_path / "表.xlsx").write_bytes(b"x")
    read = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or b"x")

    found = {each.name: each.problem for each in arrivals(tmp_path)}
    assert read == ["表.xlsx"]
    assert "2861 MB" in str(found["会议录像.mp4"]) and found["表.xlsx"] is None


def test_files_are_read_one_after_the_other(tmp_path, monkeypatch):
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    read = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or b"x")

    next(iter(arrivals(tmp_path)))

    assert len(read) == 1


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 on Windows")
def test_a_name_in_another_encoding_or_with_marks_in_it_is_one_that_people_may_see(tmp_path):
    for name in (
        "市教育局.xlsx".encode("gbk"),
        "报\u202exslx.表\n没有问题\x1b[2J".encode(),
        b"\xff\xff.xlsx",
    ):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:  # noqa: PTH118, PTH123 - a name of bytes
            file.write(b"x")

    assert sorted(names(tmp_path)) == ["\\xff\\xff.xlsx", "市教育局.xlsx", "报xslx.表 没有问题"]


def mail(files, **headers):
    message = EmailMessage()
    heads = {"From": "李四 <li@example.gov.cn>", "To": "a@example.gov.cn", "Subject": "报送", **headers}
    for name, value in heads.items():
        message[name] = value
    message.set_content("见附件")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_mail_gives_its_files_with_sender_and_day(tmp_path):
    date = "Fri, 27 Mar 2026 01:05:00 +0000"
    (tmp_path / "市民政局.eml").write_bytes(mail({"市民政局报表.xlsx": b"x", "~$y.xlsx": b"y"}, Date=date))

    [file] = arrivals(tmp_path)
    assert (file.name, file.data) == ("市民政局.eml/市民政局报表.xlsx", b"x")
    assert file.sender == "李四 <li@example.gov.cn>"
    assert file.when.isoformat() == "2026-03-27T09:05:00+08:00"


def test_an_archive_in_a_mail_is_opened_and_a_mail_without_a_file_gives_its_text(tmp_path):
    (tmp_path / "甲.eml").write_bytes(mail({"表.zip": zipped({"里.xlsx": b"1"})}))
    (tmp_path / "乙.eml").write_bytes(mail({}))

    found = {each.name: each.data for each in arrivals(tmp_path)}
    assert found == {"甲.eml/表.zip/里.xlsx": b"1", "乙.eml/正文.txt": "见附件\n".encode()}


def test_a_page_that_a_browser_saved_and_a_text_with_a_colon_are_no_mails(tmp_path):
    page = b"From: <Saved by Blink>\nSnapshot-Content-Location: x\nSubject: y\nDate: z\nMIME-Version: 1.0\n\n"
    (tmp_path / "a.mht").write_bytes(page)
    (tmp_path / "b.txt").write_bytes(b"From: x\nTo: y\n\n")

    assert names(tmp_path) == ["a.mht", "b.txt"]
