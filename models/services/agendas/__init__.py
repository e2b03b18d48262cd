"""Meetings: what they have to talk about, what people bring, and what is agreed."""
