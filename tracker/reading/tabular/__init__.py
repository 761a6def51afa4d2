"""Plans in tables: the head, what each column means, what rows are, which cells continue others."""
