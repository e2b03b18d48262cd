"""A risk's life, its score, and what many of them come to."""
