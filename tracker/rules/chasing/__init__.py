"""The ladder of slips: who is reminded on a day, by which slip, and what it says."""
