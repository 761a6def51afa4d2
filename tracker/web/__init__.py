"""The local page 工作台: every step with a click, on this PC alone."""

from tracker.web.server import serve

__all__ = ["serve"]
