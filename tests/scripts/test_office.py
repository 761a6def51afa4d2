"""The programs that an office schedules or double-clicks, each as a process in a fresh office."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from scripts.office.launchers import PROGRAMS, NotInCodePage, batch, cron, put, shell
from scripts.office.program import PYTHON
from scripts.office.steps import STEPS
from tests.support.year import make_year

# What goes into a file on Windows is read by programs that know the console's encoding.
ENCODING = "gb18030" if os.name == "nt" else "utf-8"
HERE = Path(__file__).resolve().parents[2] / "scripts" / "office"


def start(program: str, *words: str, cwd: Path, python: str = sys.executable, **environment: str):
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TRACKER"))}
    done = subprocess.run(
        [python, str(HERE / program), *words],
        cwd=cwd,
        env={**plain, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode(ENCODING, "replace")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "办公 文件夹"
    folder.mkdir()
    return make_year(folder, points=2)


@pytest.mark.parametrize(
    ("program", "leaves"),
    [
        ("chase.py", "台账/工作台账.xlsx"),
        ("send.py", "设置.xlsx"),
        ("weekly.py", "报告/每周小结/*.txt"),
        ("report.py", "报告/*.docx"),
    ],
)
def test_each_does_its_work_in_the_folder_that_is_named_and_never_waits_for_a_key(
    root, program, leaves, tmp_path
):
    code, said = start(program, str(root), cwd=tmp_path)

    assert code == 0, said
    assert list(root.glob(leaves))
    assert "Traceback" not in said
    assert "按回车" not in said


def test_the_folder_may_be_the_one_it_stands_in_or_the_one_that_the_environment_names(root, tmp_path):
    assert start("weekly.py", cwd=root / "督办")[0] == 0
    assert start("weekly.py", cwd=tmp_path, TRACKER_OFFICE=str(root))[0] == 0


def test_no_office_is_one_sentence_and_a_code(tmp_path):
    code, said = start("chase.py", str(tmp_path), cwd=tmp_path)

    assert code == 2
    assert "不是办公文件夹" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_of_another_code_page_does_not_stop_it(root, tmp_path, encoding):
    code, said = start("weekly.py", str(root), "--wait", cwd=tmp_path, PYTHONIOENCODING=f"{encoding}:strict")

    assert code == 0, said


@pytest.mark.skipif(not PYTHON.exists(), reason="no .venv beside this checkout")
def test_started_by_another_python_it_starts_itself_again_by_the_right_one(root, tmp_path):
    bare = Path(sys.base_prefix, "python.exe" if os.name == "nt" else "bin/python3")
    if not bare.exists():
        pytest.skip("no other Python")

    code, said = start("weekly.py", str(root), cwd=tmp_path, python=str(bare))

    assert code == 0, said


def test_a_batch_file_is_plain_and_names_paths_in_the_code_page_of_the_console():
    said = batch("D:\\工具\\chase.py", python="C:\\100%\\python.exe", encoding="gbk")

    assert (
        b'"C:\\100%%\\python.exe" "D:\\' + "工具".encode("gbk") + b'\\chase.py" "%~dp0." --wait\r\n' in said
    )
    assert b"\n" not in said.replace(b"\r\n", b"")
    with pytest.raises(NotInCodePage):
        batch("D:\\🙂\\chase.py", python="python.exe", encoding="gbk")


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_the_launchers_lie_in_the_office_and_work_from_anywhere(root, tmp_path, capsys):
    assert put(root) == 0

    assert {each.stem for each in root.glob("*.sh")} == set(PROGRAMS)
    assert (root / "每周小结.sh").read_bytes() == shell(str(HERE / "weekly.py"), python=str(PYTHON))
    assert str(HERE / "chase.py") in capsys.readouterr().out
    done = subprocess.run(
        [str(root / "每周小结.sh")], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")


def test_a_line_of_cron_quotes_its_folder():
    line = cron(PurePosixPath("/srv/100% 公开"), python="/usr/bin/python3")[0]

    assert line.startswith("0 9 * * 1-5 /usr/bin/python3 ")
    assert line.endswith("'/srv/100\\% 公开'")


@pytest.mark.parametrize("step", [step for step in STEPS if step != "record"])
def test_each_step_of_a_day_ends_with_what_waits_today(root, tmp_path, step):
    code, said = start("steps.py", step, str(root), "--wait", cwd=tmp_path)

    # An office with one plan has nothing to compare it with.
    assert code == (3 if step == "compare" else 0), said
    assert "今日待办：" in said


@pytest.mark.parametrize("words", [(), ("shred",)], ids=str)
def test_a_step_that_does_not_exist_is_said_and_nothing_is_done(root, tmp_path, words):
    code, said = start("steps.py", *words, cwd=root)

    assert (code, "请写要做的一步" in said) == (2, True)


def test_the_page_opens_in_a_folder_that_is_to_become_an_office_and_in_none_that_is_not_there(tmp_path):
    assert start("desk.py", str(tmp_path / "没有"), cwd=tmp_path)[0] == 2

    process = subprocess.Popen(
        [sys.executable, str(HERE / "desk.py"), str(tmp_path)], stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "BROWSER": "true", "PYTHONUNBUFFERED": "1"}, cwd=tmp_path,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert "工作台已在浏览器里打开" in process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def test_from_an_empty_folder_a_plan_is_entered_and_forms_are_made_without_a_command_or_a_page(tmp_path):
    office = tmp_path / "新办公"
    assert start("launchers.py", str(office), cwd=tmp_path)[0] == 0
    code, said = start("steps.py", "record", str(office), cwd=tmp_path)
    assert (code, "还没有文件" in said) == (3, True)
    rows = "序号,具体要求,责任单位,完成时限\n1,公开部门预算,市财政局,2040年9月底前\n2,公开规划文件,市教育局,2040年12月底前\n"
    (office / "方案" / "方案.csv").write_text(rows, encoding="utf-8")

    code, said = start("steps.py", "record", str(office), cwd=tmp_path)

    assert (code, "任务事项 2 项" in said, (office / "工作台.xlsx").exists()) == (0, True, True)
    said += "".join(
        start("steps.py", step, str(office), cwd=tmp_path)[1] for step in ("hand-out", "take-back")
    )
    assert "tracker " not in said
