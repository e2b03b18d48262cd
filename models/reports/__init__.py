"""Read-only views over many records: each screen takes the same few queries, however many rows there are."""
