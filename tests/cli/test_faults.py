"""What becomes of a fault of ours: a sentence without any of its words, and a file without the secrets."""

from __future__ import annotations

import tempfile

import pytest

from tracker.cli.commandline import FAULTS, fault_notice

SENTINEL = "geheim-8f21c7"


@pytest.fixture(autouse=True)
def keeping(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TRACKER_SECRET_MAIL", SENTINEL)
    monkeypatch.delenv("TRACKER_DEBUG", raising=False)
    return tmp_path / FAULTS


def tell():
    try:
        raise RuntimeError(f"535 {SENTINEL} refused by 张三")
    except RuntimeError:
        return fault_notice()


def test_the_sentence_names_the_file_and_nothing_of_the_fault(keeping):
    said = tell()

    kept = list(keeping.glob("*.txt"))
    assert len(kept) == 1
    assert said.count("\n") == 0
    assert str(kept[0]) in said
    assert not any(word in said for word in (SENTINEL, "RuntimeError", "张三"))


def test_the_file_has_the_details_without_the_secret(keeping):
    tell()

    details = next(keeping.glob("*.txt")).read_text(encoding="utf-8")
    assert "RuntimeError: 535 *** refused by 张三" in details
    assert SENTINEL not in details


def test_details_on_the_screen_are_without_the_secret_too(keeping, monkeypatch):
    monkeypatch.setenv("TRACKER_DEBUG", "1")

    said = tell()

    assert "RuntimeError: 535 ***" in said
    assert SENTINEL not in said
    assert not keeping.exists()


def test_where_nothing_can_be_kept_the_sentence_stands_without_a_file(keeping):
    keeping.write_text("a file where the folder should be", encoding="utf-8")

    said = tell()

    assert "无法写入" in said
    assert SENTINEL not in said
