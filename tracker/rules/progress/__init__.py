"""Where work points stand on a day: status, light, lateness, what waits today, and the rows of 工作台账."""
