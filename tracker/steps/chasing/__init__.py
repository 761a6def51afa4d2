"""The parts of `tracker chase`: drafting, rendering, the files in 督办/, and what is told."""
