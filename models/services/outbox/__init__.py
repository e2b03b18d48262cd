"""The outbox: what is to be said, claimed lane by lane, and settled."""
