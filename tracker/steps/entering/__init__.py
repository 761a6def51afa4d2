"""Parts of `record`: names, the units' list, corrections, and the facts of an edition."""
