"""What can go wrong, one page for each room: a sentence in Chinese beside a stable code."""
