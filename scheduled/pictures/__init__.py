"""Pictures: pure functions from a read model to a PNG. Pillow is large, so only who draws imports them."""
