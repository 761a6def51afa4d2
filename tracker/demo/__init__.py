"""Demo."""

from tracker.demo.year import demo

__all__ = [
    "demo",
]
