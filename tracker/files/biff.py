"""placeholder"""

from __future__ import annotations
from collections.abc import Mapping
from tracker.files.sheetscan import Look


def scan_xls(data: bytes, name: str) -> Mapping[str, Look]:
    return {}


def scan_xlsb(data: bytes, name: str) -> Mapping[str, Look]:
    return {}
