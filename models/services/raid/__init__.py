"""Issues, assumptions, dependencies and decisions: logging, changing, ending and reading them."""
