"""Writing what tells this system to run the tick; a person installs it with the command that is said."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.files.safe import safe_write
from tracker.rules.outgoing.installing import TASK_NAME
from tracker.rules.outgoing.installing import installers
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import open_desk

MACHINE_FOLDER = ".tracker"
_HOW = {
    "windows": '在本人登录的电脑上运行（不需要管理员）：schtasks /Create /F /TN {task} /XML "{folder}\\定时任务.xml"',
    "systemd": "把 tracker.service、tracker.timer 复制到 ~/.config/systemd/user，再运行：systemctl --user enable --now tracker.timer；注销后也要运行的，再运行 loginctl enable-linger",
    "cron": "运行 crontab -e，加入 crontab.txt 里的一行",
}


def install(call: Call, *, python: str, systems: Sequence[str], user: str = "") -> Result:
    """Write the files under .tracker and say how each is installed."""
    with open_desk(call) as desk:
        root = desk.folder.root
        files = installers(python, str(root), start=call.now, systems=systems, user=user)
        folder = desk.folder.path(MACHINE_FOLDER, "定时任务")
        if not call.dry_run:
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                safe_write(folder / name, data)
    lines = [f"{'将写入' if call.dry_run else '已写入'} {folder}：{'、'.join(files)}"]
    lines += [_HOW[system].format(task=TASK_NAME, folder=folder) for system in systems]
    lines.append(
        "不允许设置定时任务的电脑，先运行一次 tracker run --once，以后每天的第一个命令会先把到时间的和漏掉的补做。"
    )
    texts = {
        name: data.decode("utf-16" if name.endswith(".xml") else "utf-8") for name, data in files.items()
    }
    return Result(tuple(lines), {"files": texts})
