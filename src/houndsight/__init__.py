"""Houndsight: what a dog means when he leans on you, how sure that is and why, and what to do."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
