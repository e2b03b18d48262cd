"""Retrospectives: cards without names, and what comes of them."""
