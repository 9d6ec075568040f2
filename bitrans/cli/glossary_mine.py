"""``bitrans glossary mine``."""


def mine() -> None:
    """Mine."""
