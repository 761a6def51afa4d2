"""Whether the office's machinery runs: when the ledger last changed, when a job last ended well, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Running:
    """The last run.

    Attributes:
        changed: When the ledger last changed; empty where it never did.
        ran: When a job last ended well; empty where nothing runs by itself.
        warnings: What needs somebody, a sentence each.
    """

    changed: str = ""
    ran: str = ""
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.ran or self.warnings)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands on the page."""
        said = []
        if self.changed:
            said.append(f"台账最近一次更新：{self.changed}。")
        if self.ran:
            said.append(f"定时任务最近一次正常运行：{self.ran}。")
        return (*said, *self.warnings)
