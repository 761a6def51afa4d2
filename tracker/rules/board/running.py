"""Whether the office's machinery runs: when the ledger last changed, when a job last ended well, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run.

    Attributes:
        last_change: When the ledger last changed; empty where it never did.
        last_success: When a job last ended well; empty where nothing runs by itself.
        warnings: What needs somebody, a sentence each.
    """

    last_change: str = ""
    last_success: str = ""
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.last_change or self.last_success or self.warnings)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands on the page."""
        sentences = []
        if self.last_change:
            sentences.append(f"台账最近一次更新：{self.last_change}。")
        if self.last_success:
            sentences.append(f"定时任务最近一次正常运行：{self.last_success}。")
        return (*sentences, *self.warnings)
