"""What one file costs a worker: memory and time of the largest file of each kind that the door lets in.

    python -m tests.soaks.memory [PARTS]

Each kind of file is drawn at 1/PARTS, 2/PARTS … of what its limit allows (`files/guard/limits.py`), larger and larger, until
one is refused; what the last one that was read took at its peak is told, and the reason of the refusal. Content where no
worker had more than its limit, and none died of anything but its limits.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.hostile import book, document, open_sheet
from tracker.files.guard.limits import AREA, FILE_BYTES, MEGABYTE, PART_BYTES, WORKER_BYTES
from tracker.files.guard.pool import Died, Worker

WORDS = [f"完成第{n}项任务{n * 7919 % 10007}件，" for n in range(997)]
COLUMNS = 12


CHANCE = random.Random(1)


def words(count: int) -> str:
    """A text of so many pieces, which packs no better than an honest one."""
    return "".join(CHANCE.choice(WORDS) for _ in range(count))


def sheet(share: float) -> bytes:
    """Cells with texts of their own, up to the area or the size of a part."""
    rows = int(share * min(AREA / COLUMNS, PART_BYTES / (COLUMNS * 75)))
    cells = (
        f'<row r="{row}">'
        + "".join(
            f'<c r="{chr(65 + at)}{row}" t="inlineStr"><is><t>{WORDS[(row * 13 + at) % 997]}</t></is></c>'
            for at in range(COLUMNS)
        )
        + "</row>"
        for row in range(1, rows + 1)
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return book(f'<worksheet xmlns="{namespace}"><sheetData>{"".join(cells)}</sheetData></worksheet>')


def letter(share: float) -> bytes:
    """Paragraphs of a Word document, up to the size of a part."""
    count = int(share * PART_BYTES / 180)
    return document("".join(f"<w:p><w:r><w:t>{words(3)}</w:t></w:r></w:p>" for _ in range(count)))


def open_document(share: float) -> bytes:
    """Rows of an OpenDocument sheet, up to the size of a part."""
    count = int(share * PART_BYTES / 700)
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = ("".join(cell.format(words(1)) for _ in range(8)) for _ in range(count))
    return open_sheet("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


def text(share: float) -> bytes:
    """A table as text, up to the size of a file."""
    lines = [",".join(words(1) for _ in range(8)) for _ in range(2_000)]
    block = "\n".join(lines).encode() + b"\n"
    return block * int(share * FILE_BYTES / len(block))


KINDS: dict[str, Callable[[float], bytes]] = {
    "表.xlsx": sheet,
    "文.docx": letter,
    "表.ods": open_document,
    "表.csv": text,
}


def memory_peak(pid: int) -> int:
    """The most memory that a process has had, in bytes."""
    if sys.platform != "win32":
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    import ctypes

    counters = (ctypes.c_size_t * 10)()
    handle = ctypes.windll.kernel32.OpenProcess(0x0410, False, pid)
    ctypes.windll.psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), ctypes.sizeof(counters))
    ctypes.windll.kernel32.CloseHandle(handle)
    return int(counters[1])  # after the two 32-bit counts: PeakWorkingSetSize


def cost(name: str, data: bytes) -> tuple[str, float, int]:
    """How a fresh worker answers, in how many seconds, with how much memory at its peak."""
    worker, peaks, is_over = Worker(), [0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            try:
                peaks.append(memory_peak(worker.pid))
            except (OSError, StopIteration):
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        word, value, _ = worker.ask(name, data, 600.0)
        answer = "read" if word == "source" else f"{word} {value}"
    except Died as death:
        answer = f"died {death}"
    seconds = time.perf_counter() - start
    time.sleep(0.1)
    is_over.set()
    watcher.join()
    worker.close()
    return answer, seconds, max(peaks)


def main(parts: int) -> bool:
    """Measure each kind; true when the limits held."""
    is_held = True
    for name, draw in KINDS.items():
        for n in range(1, parts + 1):
            data = draw(n / parts)
            answer, seconds, peak = cost(name, data)
            is_held = is_held and peak < WORKER_BYTES
            print(
                f"{name} {n}/{parts}: {len(data) / MEGABYTE:6.1f} MB, {seconds:5.1f} s, peak {peak / MEGABYTE:5.0f} MB, {answer[:90]}",
                flush=True,
            )
            if answer != "read":
                break
    return is_held


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 4) else 1)
