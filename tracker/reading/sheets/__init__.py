"""Our other workbooks after people worked in them, and blank tables that somebody sent."""
