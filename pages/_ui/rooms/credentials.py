"""Codes that are read aloud, secrets that are not, and their digests: the only form in which a room keeps them."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "BCDFHJKLMNPQRTWXZ"
"""No vowels, so that no code is a word; none of G, S, V, Y, which look like C, 5, U, or sound like a vowel."""
LENGTH = 6


def new_code() -> str:
    """Return a room's code, one of 24 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Return whether a text can be a room's code.

    >>> is_code("KQRTXM"), is_code("kqrtxm"), is_code("HELLO!")
    (True, False, False)
    """
    return len(text) == LENGTH and set(text) <= set(LETTERS)


def new_secret() -> str:
    """Return 192 bits that nobody guesses."""
    return secrets.token_urlsafe(24)


def digest(credential: str) -> str:
    """Return what is kept of a credential: nothing else can be read back, and what is random needs no salt."""
    return hashlib.sha256(credential.encode("utf-8", "replace")).hexdigest()[:40]
