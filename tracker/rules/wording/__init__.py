"""What a document says before it is laid out, and small turns of phrase."""
