"""Workbooks that people keep: laid out with what explains them, read back whatever was done to them."""
