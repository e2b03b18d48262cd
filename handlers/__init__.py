"""What comes in: parse, one service call, one view."""
