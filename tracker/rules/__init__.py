"""What follows from facts: matching, joining, lateness, summaries. Pure; knows no file and no clock."""
