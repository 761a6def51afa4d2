"""One module for each verb: gather, decide, apply."""
