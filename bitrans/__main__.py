"""``python -m bitrans``."""

from bitrans.cli import main

main()
