"""Class rooms: a teacher and up to 200 members on the same page, who are asked, guess, and see what all guessed.

    room.py         a room and what follows from it      told.py        what the teacher and a member see of it
    questions.py    what can be asked                    keeper.py      where rooms are kept; shared.py in Redis
    service.py      what can be asked of the rooms       http.py        the same by HTTP, streams.py the events

A page's session asks `rooms().see(code, credential)` (a Snapshot, told.py) and `rooms().frozen(code, credential)`.
No names are kept, credentials only as digests, and nothing here knows of Streamlit.
"""

from .service import Rooms, rooms
from .told import Snapshot

__all__ = ["Rooms", "Snapshot", "rooms"]
