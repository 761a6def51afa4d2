"""Forms out and back: who is asked what, what may be believed, and the join that loses nothing."""
