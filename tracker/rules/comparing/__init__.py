"""One year against the next, one level against the other: what is proposed, what a person decided, what follows."""
