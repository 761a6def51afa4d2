"""One reader for each kind of file, run behind the door by its worker: bytes in, plain values out."""
