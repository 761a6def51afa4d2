"""A long command says at the terminal how far it is, a short one says nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from tracker.files.screen import ProgressBar


def test_nothing_is_drawn_before_the_patience_is_over(capsys):
    with ProgressBar(patience=600) as bar:
        bar.report(1, 2, "读取")
        assert bar._progress is None

    assert capsys.readouterr() == ("", "")


def test_a_command_that_reports_nothing_gets_a_bar_without_an_end():
    with ProgressBar(patience=0) as bar:
        bar._clock.join()
        task = bar._progress.tasks[0]

        assert (task.description, task.total) == ("正在办理", None)


def test_there_is_no_bar_while_somebody_is_asked():
    drawn = []

    def answer(question: str) -> str:
        bar.report(1, 2, "读取")
        drawn.append(bar._progress)
        return f"{question}是"

    with ProgressBar(patience=0) as bar:
        bar._clock.join()
        assert bar._progress is not None
        assert bar.aside(answer)("登记吗？") == "登记吗？是"
        assert bar._progress.tasks[0].description == "读取 1/2"

    assert drawn == [None]
    assert bar.aside(None) is None


def test_what_was_reported_last_is_drawn_when_the_patience_is_over_and_goes_away(capsys):
    with ProgressBar(patience=0) as bar:
        bar.report(3, 8, "生成填报表")
        bar._clock.join()
        bar.report(4, 8, "生成填报表")
        task = bar._progress.tasks[0]

    assert (task.description, task.completed, task.total) == ("生成填报表 4/8", 4, 8)
    assert capsys.readouterr().out == ""


def test_reports_after_the_end_draw_nothing():
    with ProgressBar(patience=600) as bar:
        pass
    bar._show()
    bar.report(1, 2, "读取")

    assert bar._progress is None
    bar._clock.join(60)
    assert not bar._clock.is_alive()


def at_a_terminal(*words: str, cwd) -> tuple[str, bytes]:
    """stdout, and what a terminal got on stderr."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    code = (
        "import sys; import tracker.files.screen as s; s.ProgressBar.__init__.__defaults__ = (0.0,)\n"
        "from tracker.cli.commandline import main; code = main(sys.argv[1:]); print('rich' in sys.modules); sys.exit(code)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=cwd,
        env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )
    os.close(theirs)
    pieces: list[bytes] = []

    def listen():
        try:
            while piece := os.read(ours, 4096):
                pieces.append(piece)
        except OSError:  # the other end is closed
            pass

    listener = threading.Thread(target=listen)
    listener.start()
    out = child.communicate(timeout=120)[0].decode()
    listener.join()
    os.close(ours)
    return out, b"".join(pieces)


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are made otherwise there")
def test_a_bar_stands_at_a_terminal_and_never_beside_json_or_a_scheduled_run(tmp_path):
    plan = tmp_path / "方案.csv"
    plan.write_text(
        "序号,具体要求,责任单位\n1,公开年度目录,市教育局\n2,公开办事指南,市司法局\n", encoding="utf-8"
    )
    root = str(tmp_path)

    out, err = at_a_terminal("read", str(plan), cwd=root)
    quiet_out, quiet_err = at_a_terminal("read", str(plan), "--json", cwd=root)
    init_out, init_err = at_a_terminal("init", str(tmp_path / "办公"), cwd=root)
    run_out, run_err = at_a_terminal("run", "--once", "--office", str(tmp_path / "办公"), cwd=root)

    assert "识别方案".encode() in err and out.endswith("True\n")
    assert "正在办理".encode() in init_err and init_out.endswith("True\n")
    assert quiet_err == b"" and quiet_out.endswith("False\n")
    assert b"\x1b" not in run_err and run_out.endswith("False\n")
