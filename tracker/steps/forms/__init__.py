"""Parts of `hand-out` and `take-back`: the files of a round, whose a file is, what is taken, the page that tells it."""
