"""Bytes and values, both ways: readers, our own workbooks, Word, pages. Opens no path and knows no rules."""
