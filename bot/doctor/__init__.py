"""``drumbeat doctor``: finds what keeps an installation from working, and says how to mend it."""
