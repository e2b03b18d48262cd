"""``/ritual``: what comes round by the clock, switched on and changed by people."""
