"""Parts of `fill`: heads, rows, tables and files of somebody else."""
