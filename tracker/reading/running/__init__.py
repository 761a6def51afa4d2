"""Plans in running text, and tables that were pasted as text."""
