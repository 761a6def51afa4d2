"""The year of an office's work points, from the plan to the report that is signed."""

from __future__ import annotations

__version__ = "0.1.0"
