"""Client satisfaction: asking for it, counting it, answering it."""
