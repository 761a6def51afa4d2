"""Parts of `run`: what each job does, the believed clock, the watchdog, and what wakes it."""
