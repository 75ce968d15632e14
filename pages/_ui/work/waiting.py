"""The order of a crowded server, without its threads: who waits, who works, and who is next. Clocks are arguments.

Pictures come in the order in which they were asked for, a few at a time. A turn of what follows them begins while no
picture is waited for, or in a bounded share of the time where one always is (a small one where pictures are late, or a
line that once was long would stay so). Spare work begins where nobody wants anything, in a crowd when it comes to rest.

What follows is brought to its end, release by release, for half of it is thrown away when its reader goes on: of the
sessions that were served about as much lately, the one goes on that has begun; then comes who has long been patient,
and then the newest release, which will stand longest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

PATIENCE = 0.2  # seconds after which what follows may begin though a picture is at work
SHARE, LITTLE = 0.25, 0.05  # of the time that such turns take at most, and that they take where pictures are late
LATE = 0.15  # seconds that a picture may wait
SLICE = 0.02  # seconds that a turn is left alone
LONG = 2.0  # seconds after which work keeps nobody waiting any more: it compiles, or waits for a disk
QUIET = 0.4  # seconds without a picture after which what follows may take all cores
HEAVY = 1.0  # seconds of a processor that a session was served lately, above which it comes after those below
PATIENT = (
    3.0  # seconds since a release after which its reader looks, rather than goes on: who goes on hears no more of it
)
HALF = 10.0  # seconds in which half of what a session was served is forgotten
FEW = 4  # sessions among which spare work begins as soon as nobody wants anything
AGAIN = 2.0  # seconds in which a picture that is asked for anew keeps the place of the one that was given up
CROWD = 10.0  # seconds in which a session that asked for a picture is present


class Kind(IntEnum):
    """What work is for: a picture that is waited for, what follows it, or what nobody has asked for yet."""

    PICTURE = 0
    FOLLOW = 1
    SPARE = 2


@dataclass(eq=False)
class Place:
    """A place in the line since a time, or at work since it `began`; `wake` tells who waits that its turn has come.

    It is for a release that was `asked` for at a time, and `on` says whether what follows that has had a turn before.
    """

    session: str
    kind: Kind
    since: float
    asked: float
    on: bool = False
    began: float | None = None
    beside: bool = False
    wake: Callable[[], None] = lambda: None


@dataclass
class Line:
    """Everybody who waits or works; `cores` is how much of what follows a quiet server works on at once."""

    cores: int = 2
    pictures: int = 2
    waiting: list[Place] = field(default_factory=list)
    working: list[Place] = field(default_factory=list)
    dropped: int = 0
    _served: dict[str, tuple[float, float]] = field(default_factory=dict)
    _given_up: dict[str, tuple[float, float]] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)
    _pictured: float = float("-inf")
    _apart: float = float("-inf")  # until then no turn begins beside a picture

    def enter(self, session: str, kind: Kind, now: float, asked: float | None = None, *, on: bool = False) -> Place:
        """Return a place at the end of the line; a picture asked for anew has the place of the one given up for it."""
        place = Place(session, kind, now, now if asked is None else asked, on)
        if kind is Kind.PICTURE:
            self._seen[session] = now
            since, left = self._given_up.pop(session, (now, now))
            place.since = since if now - left < AGAIN else now
        self.waiting.append(place)
        return place

    def drop(self, place: Place, now: float) -> None:
        """Take out a place whose session no longer wants it, waiting or just called."""
        self.dropped += 1
        if place in self.working:
            self.end(place, now, 0.0)
            return
        self.waiting.remove(place)
        if place.kind is Kind.PICTURE:
            self._given_up[place.session] = place.since, now

    def end(self, place: Place, now: float, price: float) -> None:
        """End a turn that took `price` seconds of a processor."""
        self.working.remove(place)
        if place.kind is Kind.PICTURE:
            self._pictured = now
        else:
            self._charge(place, now, price)
        if place.beside and place.began is not None:
            late = any(now - one.since > LATE for one in self._in_line(Kind.PICTURE))
            self._apart = now + (now - place.began) * (1 / (LITTLE if late else SHARE) - 1)
        if len(self._served) + len(self._seen) + len(self._given_up) > 2000:
            self._forget(now)

    def call(self, now: float) -> Place | None:
        """Return who begins now, at work from here on; None where nobody may."""
        place = self._next(now)
        if place is not None:
            self.waiting.remove(place)
            self.working.append(place)
            place.beside = place.kind is Kind.FOLLOW and self._pictures_wait(now)
            place.began = now
        return place

    def goes_on(self, place: Place, now: float, price: float) -> bool:
        """Charge a turn under way, between two of its steps; return whether it may go on without standing in line."""
        if place.kind is Kind.PICTURE or place.began is None:
            return True
        fresh = now - place.began < SLICE
        if self._pictures_wait(now):
            return place.beside and fresh
        if fresh:
            return True
        others = [one for one in self.working if one is not place]
        follow = self._in_line(Kind.FOLLOW)
        if place.kind is Kind.SPARE:
            stays = not follow and all(one.kind is Kind.PICTURE for one in others)
        else:
            room = self._most(now) - sum(one.kind is Kind.FOLLOW and self._counts(one, now) for one in others)
            stays = room > (1 if follow else 0)
        if stays:  # its next turn begins
            self._charge(place, now, price)
            place.began = now
        return stays

    def served(self, session: str, now: float) -> float:
        """Return how many seconds of a processor a session has had, the older ones counting less."""
        spent, at = self._served.get(session, (0.0, now))
        return float(spent * 0.5 ** ((now - at) / HALF))

    def crowd(self, now: float) -> int:
        """Return how many sessions are present."""
        return sum(now - seen < CROWD for seen in self._seen.values())

    # ------------------------------------------------------------------------------------------------------ the rules
    def _next(self, now: float) -> Place | None:
        pictures = self._in_line(Kind.PICTURE)
        if pictures and self._at_work(Kind.PICTURE, now) < self.pictures:
            return min(pictures, key=lambda place: place.since)
        follow = self._in_line(Kind.FOLLOW)
        if follow and self._free(now) and (not self._pictures_wait(now) or self._starves(follow, now)):
            return min(follow, key=lambda place: self._rank(place, now))
        spare = self._in_line(Kind.SPARE)
        if spare and not follow and not self._pictures_wait(now) and self._rests(now):
            return min(spare, key=lambda place: (self.served(place.session, now), place.since))
        return None

    def _rests(self, now: float) -> bool:
        """Return whether there is time to spare: in a crowd the next picture is due before such work would be done."""
        few = now - self._pictured >= QUIET or self.crowd(now) <= FEW
        return few and not any(place.kind for place in self.working)

    def _rank(self, place: Place, now: float) -> tuple[float, ...]:
        """Return by what one of those that follow goes before another."""
        patient = now - place.asked >= PATIENT
        heavy = int(self.served(place.session, now) / HEAVY)
        return heavy, not place.on, not patient, place.asked if patient else -place.asked

    def _in_line(self, kind: Kind) -> list[Place]:
        return [place for place in self.waiting if place.kind is kind]

    def _counts(self, place: Place, now: float) -> bool:
        """Return whether it is at work and counts: whoever takes long keeps nobody waiting."""
        return place.began is not None and now - place.began < LONG

    def _at_work(self, kind: Kind, now: float) -> int:
        return sum(place.kind is kind and self._counts(place, now) for place in self.working)

    def _pictures_wait(self, now: float) -> bool:
        return bool(self._in_line(Kind.PICTURE)) or self._at_work(Kind.PICTURE, now) > 0

    def _most(self, now: float) -> int:
        """Return how many turns of what follows may be at work: while pictures come, they have a core."""
        quiet = now - self._pictured >= QUIET and not self._pictures_wait(now)
        return self.cores if quiet else max(1, self.cores - 1)

    def _free(self, now: float) -> bool:
        """Return whether one more may begin; of those that take long there is an end too."""
        every = sum(place.kind is not Kind.PICTURE for place in self.working)
        return self._at_work(Kind.FOLLOW, now) < self._most(now) and every < 2 * self.cores

    def _charge(self, place: Place, now: float, price: float) -> None:
        self._served[place.session] = self.served(place.session, now) + price, now

    def _starves(self, follow: list[Place], now: float) -> bool:
        return now >= self._apart and now - min(place.since for place in follow) >= PATIENCE

    def _forget(self, now: float) -> None:
        self._served = {name: had for name, had in self._served.items() if self.served(name, now) > 1e-3}
        self._seen = {name: seen for name, seen in self._seen.items() if now - seen < CROWD}
        self._given_up = {name: left for name, left in self._given_up.items() if now - left[1] < AGAIN}
