"""When rituals come round, and what each time is made of."""
