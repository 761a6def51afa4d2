"""How a double-clicked program ends when something goes wrong: one sentence, and the window stays."""

from __future__ import annotations

import io
import sys
import tempfile

import pytest

from scripts.office.program import run
from tests.support.year import make_year
from tracker.problems.base import Exit
from tracker.problems.chase import NoKeyStore

SENTINEL = "geheim-8f21c7"


class Window(io.StringIO):
    """A console that a person sits at, who presses Enter."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def click(tmp_path, monkeypatch):
    """Start a program as its launcher does; its exit code, and what the window shows."""
    root = make_year(tmp_path / "办公", points=1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TRACKER_SECRET_MAIL", SENTINEL)
    monkeypatch.delenv("TRACKER_DEBUG", raising=False)
    monkeypatch.setattr(sys, "argv", ["chase.py", str(root), "--wait"])

    def clicked(work):
        window = Window()
        monkeypatch.setattr(sys, "stdin", Window("\n"))
        monkeypatch.setattr(sys, "stdout", window)
        return run("chase.py", work), window.getvalue()

    return clicked


def broken(folder):
    raise RuntimeError(f"cannot log in with {SENTINEL} from {folder}")


def refused(folder):
    raise NoKeyStore(variable="TRACKER_SECRET_MAIL")


def test_a_fault_is_one_chinese_sentence_without_its_own_words_and_the_window_stays(click, tmp_path):
    code, shown = click(broken)

    said, asked = shown.splitlines()
    assert code == 1
    assert said.startswith("程序出现意外问题，已停下")
    assert "按回车键关闭窗口" in asked
    assert not any(word in shown for word in (SENTINEL, "cannot log in", "RuntimeError", "办公"))
    kept = next((tmp_path / "tracker-faults").glob("*.txt")).read_text(encoding="utf-8")
    assert "cannot log in with ***" in kept
    assert SENTINEL not in kept


def test_details_that_are_asked_for_are_without_the_secret_and_the_window_stays_too(click, monkeypatch):
    monkeypatch.setenv("TRACKER_DEBUG", "1")

    code, shown = click(broken)

    assert code == 1
    assert "cannot log in with ***" in shown
    assert SENTINEL not in shown
    assert "按回车键关闭窗口" in shown


def test_a_refusal_keeps_its_own_sentence_and_code(click):
    code, shown = click(refused)

    assert code == Exit.REFUSED
    assert str(NoKeyStore(variable="TRACKER_SECRET_MAIL")) in shown
    assert "意外" not in shown
    assert "按回车键关闭窗口" in shown
