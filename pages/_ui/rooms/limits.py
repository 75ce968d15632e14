"""How often somebody may do something: so many at once, and so many a second after that."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KNOWN = 10_000


class Limit:
    """A bucket of `most` tokens for everybody, which fills again within `seconds`."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds = most, seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted

    def spent(self, who: str) -> bool:
        """Return whether somebody has none left, and take none."""
        with self._lock:
            return self._now(who)[0] < 1

    def take(self, who: str) -> bool:
        """Take one; returns whether there was one to take."""
        with self._lock:
            left, now = self._now(who)
            taken = left >= 1
            self._left[who] = (left - taken, now)
            self._left.move_to_end(who)
            if len(self._left) > MOST_KNOWN:  # whoever was not heard of for longest
                self._left.popitem(last=False)
            return taken

    def _now(self, who: str) -> tuple[float, float]:
        now = self._clock()
        left, at = self._left.get(who, (float(self.most), now))
        return min(self.most, left + (now - at) * self.most / self.seconds), now
