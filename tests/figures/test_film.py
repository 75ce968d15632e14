"""What travels to the browser: read back by hand, byte by byte, and by the film itself."""

from __future__ import annotations

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bayes_core.figures import packing
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames

RANDOM = np.random.default_rng(1)
GAPS = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan], [-4e6, 2.0, 5.0]])
WAVE = 1e4 + np.sin(np.linspace(0, 5, 7) * np.array([[1.0], [1.1], [1.3]]))
FIRST = Frames(
    "width",
    np.ones(3),
    {"random.y": RANDOM.normal(size=(3, 5)), "same.y": np.full((1, 2), 7.0), "wave.y": WAVE},
    {"one": ("x",), "each": ("<a>", "β", "")},
)
SECOND = Frames(
    "noise", np.ones(3), {"gaps.y": GAPS, "nothing.y": np.full((3, 1), np.nan)}, {"one": ("x", "y", "z")}, (0, 1)
)
WORDS = Frames("width", np.ones(3), {}, {"meter": ("low", "middle", "high")})


def by_hand(packed: bytes) -> tuple[dict, dict[str, list[list[int]]]]:
    """Return head and uint16 codes of a film, read the way assets/live/film.js does."""
    data = zlib.decompress(packed[8:])
    (size,) = struct.unpack("<I", data[:4])
    head, rest = json.loads(data[4 : 4 + size]), data[4 + size :]
    half = len(rest) // 2
    folds = [256 * rest[i] + rest[half + i] for i in range(half)]
    steps = [fold // 2 if fold % 2 == 0 else -(fold + 1) // 2 for fold in folds]
    read = {}
    for name, entry in head["numbers"].items():
        rows = []
        for v in range(entry["rows"]):
            total, row = 0, []
            for i in range(entry["size"]):
                total += steps[entry["start"] + v * entry["size"] + i]
                row.append(total % 65536)
            rows.append(row)
        for done in range(entry["order"], 0, -1):
            for v in range(done, entry["rows"]):
                rows[v] = [(a + b) % 65536 for a, b in zip(rows[v], rows[v - 1], strict=True)]
        read[name] = rows
    return head, read


@pytest.mark.parametrize("frames", [FIRST, SECOND, WORDS])
def test_a_film_holds_the_nearest_of_65535_steps(frames):
    film = pack(frames)
    head, codes = by_hand(film.packed)
    assert (film.handle, head["handle"]) == (frames.handle, frames.handle)
    assert film.trusted == frames.trusted
    assert dict(film.words) == dict(frames.words) == {name: tuple(texts) for name, texts in head["words"].items()}
    assert set(film.numbers) == set(codes) == set(frames.numbers)
    for name, array in frames.numbers.items():
        finite = array[np.isfinite(array)]
        low, span = (finite.min(), np.ptp(finite)) if finite.size else (0.0, 0.0)
        assert film.step(name) == pytest.approx(span / 65534)
        for v in range(3):
            wanted = array[min(v, len(array) - 1)]
            row = codes[name][min(v, len(codes[name]) - 1)]
            for code, number in zip(row, wanted, strict=True):
                assert code == (65535 if np.isnan(number) else round((number - low) / (span / 65534 or 1.0)))
            shown = [np.nan if code == 65535 else low + code * film.step(name) for code in row]
            np.testing.assert_array_equal(film.row(name, v), shown)
            np.testing.assert_allclose(film.row(name, v), wanted, atol=film.step(name) * 0.501)


def test_a_film_is_read_by_position_and_name():
    film = pack(FIRST)
    assert [film.word("each", v) for v in (0, 1, 9)] == ["<a>", "β", ""]
    assert [film.word("one", v) for v in (0, 2)] == ["x", "x"]
    assert film.row("same.y", 2).tolist() == [7.0, 7.0]
    assert film.word("none", 0) is None
    assert film.row("none", 0) is None
    with pytest.raises(ValueError, match="read-only"):
        film.row("same.y", 0)[0] = 1.0


def test_what_does_not_move_is_sent_once():
    moving = Frames("width", np.ones(3), {"a.y": np.repeat(GAPS[:1], 3, axis=0)}, {})
    assert len(pack(moving).numbers["a.y"]) == 1


def test_films_that_show_the_same_have_the_same_name():
    again = Frames(FIRST.handle, FIRST.values, dict(FIRST.numbers), dict(FIRST.words))
    other = Frames(FIRST.handle, FIRST.values, dict(FIRST.numbers), {**FIRST.words, "one": ("y",)})
    assert pack(FIRST) == pack(again)
    assert len({pack(FIRST).id, pack(again).id, pack(other).id, pack(SECOND).id}) == 3


def test_what_a_message_says_of_a_film():
    film: Film = pack(SECOND)
    said = film.sent("five|7", {"width": 1, "noise": 2}, "meter")
    assert said == {"id": film.packed[:8].hex(), "handle": "noise", "stamp": "five|7", "part": "meter"} | {
        "home": {"width": 1, "noise": 2}
    }


def test_a_letter_is_a_header_and_its_parts():
    sent = packing.letter({"key": "k", "films": [{"bytes": 3}, {"bytes": 2}]}, b"abc", b"de")
    (size,) = struct.unpack("<I", sent[:4])
    assert json.loads(zlib.decompress(sent[4 : 4 + size]))["key"] == "k"
    assert sent[4 + size :] == b"abcde"


@given(some.integers(1, 5), some.integers(0, 6), some.integers(0, 2**32))
def test_differences_are_undone_to_the_bit(rows, size, seed):
    random = np.random.default_rng(seed)
    codes = random.choice([0, 1, 2, 32767, 32768, 65534, 65535, 1234], size=(rows, size)).astype(np.uint16)
    tried = list(packing.differences(codes))
    assert len(tried) == min(3, rows)
    for order, steps in enumerate(tried):
        np.testing.assert_array_equal(packing.undone(steps, order), codes)


def test_smooth_films_are_sent_as_differences_and_shrink():
    """41 positions of a smooth curve: what is left of each once its neighbours are known is a few bits."""
    x, positions = np.linspace(0, 4, 122), np.linspace(1, 2, 41)[:, None]
    film = pack(Frames("width", positions[:, 0], {"y": np.sin(positions * x) * positions}, {}))
    head, _ = by_hand(film.packed)
    assert head["numbers"]["y"]["order"] == 2
    assert len(film.packed) < 0.45 * 2 * 41 * 122


@given(some.integers(0, 2**32 - 1), some.lists(some.integers(0, 8), max_size=4), some.booleans(), some.booleans())
def test_what_differs_from_a_film_shown_over_it_shows_the_new_one(seed, moved, words, still):
    random = np.random.default_rng(seed)
    rows = {"a.y": random.normal(size=(9, 30)), "b.y": random.normal(size=(9, 3)), "c.y": random.normal(size=(1, 5))}
    before = Frames("w", np.arange(9.0), rows, {"alt": tuple("abcdefghi"), "same": ("x",)}, (2, 5))
    later = {name: values.copy() for name, values in rows.items()}
    later["a.y"][moved] = 10 * random.normal(size=(len(moved), 30))  # another range, so that all codes are others
    later["c.y"] += still
    alt = tuple("abcdEfghi") if words else before.words["alt"]
    old = pack(before)
    new = pack(Frames("w", before.values, later, {"alt": alt, "same": ("x",)}, (1, 6)))
    less = new.since(old)
    assert len(less.packed) <= len(new.packed)
    if less is new:
        return
    assert set(less.places) == set(moved)
    assert less.words == {"alt": alt}  # it also says what may be trusted, which is another run now
    assert less.trusted == (1, 6)
    assert ("c.y" in less.numbers) == still
    for name in rows:
        near = 0.52 * (old.step(name) + new.step(name))
        for v in range(9):
            shown = less.row(name, v)
            shown = old.row(name, v) if shown is None else shown
            np.testing.assert_allclose(shown, new.row(name, v), atol=near)
            if v in moved:
                np.testing.assert_array_equal(shown, new.row(name, v))


def test_a_film_that_says_other_things_is_sent_whole():
    old = pack(FIRST)
    more = pack(Frames("width", np.ones(3), {**FIRST.numbers, "new.y": WAVE}, FIRST.words))
    assert more.since(old) is more
    again = pack(Frames("width", np.ones(3), {n: 3 * rows - 1 for n, rows in FIRST.numbers.items()}, FIRST.words))
    assert again.since(old) is again  # nothing of it is known
    assert old.places is None
