"""Parts of `send`: messages made, and one message carried."""
