"""The recipe that makes the shipped model. Each step is one module run with ``python -m``."""
