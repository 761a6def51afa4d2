"""The year of an office's work points, from the plan to the report that is signed."""

__version__ = "0.1.0"
