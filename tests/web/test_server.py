"""The page ends when nobody looks at it and nothing is done, and opens for whoever sits before a screen."""

from __future__ import annotations

import io
import os
import sys
import threading
import time

import pytest

from tests.support.year import call, make_year
from tracker.cli import commandline
from tracker.files.programs import open_with_system
from tracker.web import serve


def test_it_ends_when_nobody_has_looked_for_a_while(tmp_path):
    said = []

    result = serve(call(make_year(tmp_path)), is_shown=False, tell=said.append, idle=0.05)

    assert "127.0.0.1" in said[0] and "/enter/" in said[0]
    assert result.data["port"] > 0
    assert "page" not in {thread.name for thread in threading.enumerate()}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "display", "expected"),
    [
        (Terminal(), ":0", True),
        (Terminal(), "", os.name == "nt" or sys.platform == "darwin"),
        (io.StringIO(), ":0", False),
        (None, ":0", True),
    ],
    ids=["terminal with a screen", "terminal alone", "somebody reads what is printed", "no console"],
)
def test_alone_the_program_opens_the_page_where_a_person_sits_before_a_screen(
    monkeypatch, stream, display, expected
):
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert commandline._has_screen() is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a window would open")
def test_a_document_is_shown_by_the_program_of_the_pc(monkeypatch, tmp_path):
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/shown"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    open_with_system(tmp_path / "台账.xlsx")

    for _ in range(100):
        if (tmp_path / "shown").exists() and (tmp_path / "shown").read_text():
            break
        time.sleep(0.05)
    assert (tmp_path / "shown").read_text().strip() == str(tmp_path / "台账.xlsx")
