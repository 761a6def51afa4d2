"""Demo."""

# mypy: implicit-reexport

from tracker.demo.year import demo
