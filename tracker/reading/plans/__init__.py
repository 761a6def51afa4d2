"""An allocation plan put together: which part of a file it is, its words, its letter, its groups."""
