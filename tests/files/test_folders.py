"""The office folder: made once, found from anywhere inside, originals kept for ever."""

import datetime as dt
import hashlib

import pytest

from tracker.files.folders import FOLDERS, Originals, find_office, make_office
from tracker.problems.office import NoOffice

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def test_an_office_is_found_from_every_folder_inside(tmp_path):
    made = make_office(tmp_path / "政务公开", now=NOW)

    assert find_office(made.path("填报表")) == made


def test_outside_every_office_it_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(NoOffice, match="tracker init"):
        find_office(tmp_path)


def test_made_again_it_keeps_its_id_and_what_lies_in_it(tmp_path):
    first = make_office(tmp_path, now=NOW)
    first.path("方案", "计划.txt").write_text("原文", encoding="utf-8")

    again = make_office(tmp_path, now=NOW + dt.timedelta(days=9))

    assert again.office == first.office
    assert again.path("方案", "计划.txt").read_text(encoding="utf-8") == "原文"
    assert {path.name for path in tmp_path.iterdir()} == {*FOLDERS, ".tracker"}


def test_two_offices_never_have_one_id(tmp_path):
    assert make_office(tmp_path / "a", now=NOW).office != make_office(tmp_path / "b", now=NOW).office


def test_an_original_is_kept_byte_for_byte_under_its_hash(tmp_path):
    office = make_office(tmp_path, now=NOW)
    data = "报送\r\n内容".encode("gb18030")

    sha = office.keep(data, "市教育局（最终版）.XLSX")

    assert sha == hashlib.sha256(data).hexdigest()
    assert office.original(sha, "x.xlsx").read_bytes() == data


def test_keeping_an_original_twice_changes_nothing(tmp_path):
    office = make_office(tmp_path, now=NOW)
    kept = office.original(office.keep(b"1", "a.xlsx"), "a.xlsx")
    before = kept.stat()

    office.keep(b"1", "b.xlsx")

    assert kept.stat() == before


def test_an_original_cut_short_by_a_crash_is_kept_anew(tmp_path):
    office = make_office(tmp_path, now=NOW)
    sha = office.keep(b"whole", "a.xlsx")
    kept = office.original(sha, "a.xlsx")
    kept.chmod(0o600)
    kept.write_bytes(b"wh")

    office.keep(b"whole", "a.xlsx")

    assert kept.read_bytes() == b"whole"


def test_what_a_killed_process_left_beside_an_original_is_swept_away(tmp_path):
    office = make_office(tmp_path, now=NOW)
    target = office.original(hashlib.sha256(b"whole").hexdigest(), "a.xlsx")
    target.parent.mkdir(parents=True)
    target.with_name(f"~4711-{target.name}").write_bytes(b"wh")

    office.keep(b"whole", "a.xlsx")

    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_original_has_its_name_only_after_it_is_on_the_disk_for_good(tmp_path):
    office = make_office(tmp_path, now=NOW)
    sha = hashlib.sha256(b"whole").hexdigest()
    originals = Originals(office)

    originals.add(b"whole", "a.xlsx", sha)
    assert not office.original(sha, "a.xlsx").exists()
    originals.flush()

    assert office.original(sha, "a.xlsx").read_bytes() == b"whole"
    assert [path.name for path in office.original(sha, "a.xlsx").parent.iterdir()] == [f"{sha}.xlsx"]


def test_originals_that_nobody_flushed_are_forgotten(tmp_path):
    office = make_office(tmp_path, now=NOW)
    originals = Originals(office)

    originals.add(b"whole", "a.xlsx", "ab12")
    originals.close()

    assert [path for path in office.path("原件留存").rglob("*") if path.is_file()] == []


def test_with_a_dry_run_no_original_is_kept(tmp_path):
    office = make_office(tmp_path, now=NOW)
    originals = Originals(office, dry_run=True)

    originals.add(b"whole", "a.xlsx", "ab12")
    originals.flush()

    assert not office.original("ab12", "a.xlsx").exists()
