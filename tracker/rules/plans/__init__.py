"""Editions of a plan: what a file is, which point continues which, and where items went."""
