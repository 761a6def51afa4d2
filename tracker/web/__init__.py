"""The local page 工作台: every step with a click, on this PC alone."""

# mypy: implicit-reexport

from tracker.web.server import serve
