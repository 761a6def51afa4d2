"""The moment at which tests act when it does not matter which."""

from __future__ import annotations

import datetime as dt

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
