"""Parts of `compare`: the workbooks of two years and of two levels, and the annex for the superior."""
