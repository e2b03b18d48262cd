"""The model: what Drumbeat knows about delivery. Imports nothing above itself."""
