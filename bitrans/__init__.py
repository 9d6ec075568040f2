"""Arabic news into English that a reader without Arabic can trust, offline."""

__version__ = "0.1.0"
