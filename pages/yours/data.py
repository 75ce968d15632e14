"""Your numbers: a table comes in, is understood before any model speaks, and goes along to every lesson."""

from __future__ import annotations

from pages.yours._data.page import show
from pages.yours._data.small import small as miniature

if __name__ == "__main__":
    show()

__all__ = ["miniature"]
