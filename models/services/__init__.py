"""Use cases: each owns its transaction, asks the policy table, and returns frozen read models."""
