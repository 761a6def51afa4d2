"""What a leader looks at: the parts of the one page, from the same summary as the report."""
