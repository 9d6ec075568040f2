"""The termbase: load and check it, find its names in a text."""
