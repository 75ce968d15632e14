"""A real server and a real Chromium, for the browser tests and the browser benchmarks."""

from __future__ import annotations

import os
import shutil
import sys
import time

import pytest
from processes import Processes, free_ports

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IGNORED = ("_stcore/health", "_stcore/host-config", "does not seem to exist", "404 (Not Found)")


class Server:
    """`streamlit run app.py` on a loopback port, a free one unless told."""

    def __init__(self, port: int = 0, **environment: str) -> None:
        self.port = port or free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self._processes = Processes()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
        self._processes.start(
            [*command, "--server.port", str(self.port)], **{"BAYES_SPARE": "2", "BAYES_WARM": "0", **environment}
        )
        self.process = self._processes.running[0]
        self._processes.wait(f"{self.url}/_stcore/health")

    def log(self) -> str:
        return self._processes.log()

    def stop(self) -> None:
        self._processes.stop()


def browser_path() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        text = f"no browser on this machine (looked for {', '.join(BROWSERS)})"
        if os.environ.get("BAYES_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{text}, and BAYES_REQUIRE_BROWSER=1", pytrace=False)
        pytest.skip(text)
    return found


class Tabs:
    """A browser whose tabs are used again: a new one reads and compiles Streamlit's code anew, for 3 of 5 seconds.

    Each has cookies and a history of its own, and is empty whenever it is taken.
    """

    MOST = 25  # visits of one tab, so that what one leaks does not weigh on the others

    def __init__(self, browser) -> None:
        self.browser = browser
        self.free: list = []
        self.visits: dict = {}

    def take(self, size: tuple[int, int], dark: bool):
        """Return an empty tab of this size that no one else has."""
        tab = self.free.pop() if self.free else self.browser.new_context().new_page()
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(media="null", color_scheme="dark" if dark else "light", reduced_motion="null")
        return tab

    def give(self, tab) -> None:
        """Empty a tab for the next; whatever cannot be emptied is closed."""
        from playwright.sync_api import Error

        self.visits[tab] = self.visits.get(tab, 0) + 1
        try:
            tab.evaluate("localStorage.clear(), sessionStorage.clear()")
            tab.mouse.up()
            tab.goto("about:blank")
            tab.mouse.move(-1, -1)
            tab.unroute_all()
            tab.context.clear_cookies()
            session = tab.context.new_cdp_session(tab)
            session.send("Page.resetNavigationHistory")
            session.detach()
        except Error:
            self.visits[tab] = self.MOST
        if self.visits[tab] < self.MOST:
            self.free.append(tab)
        else:
            del self.visits[tab]
            tab.context.close()


class Visit:
    """One browser page, with counts of what the server sent, and a record of what went wrong in it.

    `runs` finished and `begun`, `heard` bytes, and the `components` that came in full, not as a hash, by their name.
    With `tabs` it is one of theirs, unless `options` ask for a browser of its own.
    """

    def __init__(self, browser, base: str, path: str, size=(1440, 900), dark=False, tabs=None, **options) -> None:
        self.tabs = None if options else tabs
        if self.tabs:
            self.page = self.tabs.take(size, dark)
        else:
            self.page = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", **options
            ).new_page()
        self.context = self.page.context
        self.runs = self.begun = self.heard = 0
        self.components: list[str] = []
        self.trouble: list[str] = []
        self.listeners = {
            "websocket": lambda socket: socket.on("framereceived", self._hear),
            "pageerror": lambda error: self.trouble.append(str(error)),
            "console": self._console,
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)
        self.base = base
        self.page.goto(base + path)

    def _console(self, said) -> None:
        where = str(said.location)
        outside = self.base not in where and "http" in where  # fonts and the like, which a closed network refuses
        if said.type == "error" and not outside and not any(text in said.text + where for text in IGNORED):
            self.trouble.append(said.text)

    def _hear(self, frame: bytes | str) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if isinstance(frame, str):
            return
        self.heard += len(frame)
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        self.runs += kind == "script_finished"
        self.begun += kind == "new_session"
        if kind == "delta" and message.delta.new_element.HasField("bidi_component"):
            self.components.append(message.delta.new_element.bidi_component.component_name)

    def js(self, expression: str):
        return self.page.evaluate(expression)

    def live(self, expression: str):
        return self.page.evaluate(
            f"(() => {{ const live = document.querySelector('.bl').__live; return {expression}; }})()"
        )

    def wait(self, condition: str, timeout: int = 60_000) -> None:
        self.page.wait_for_function(condition, timeout=timeout)

    def settle(self) -> None:
        """Wait until the picture stands, the meter has come, nothing is busy, stale, resting or running."""
        self.page.wait_for_selector(".bl[data-ready]", timeout=60_000)
        self.wait(
            "(() => { const r = document.querySelector('.bl'), l = r && r.__live;"
            " return l && l.spec && (l.spec.stage || l.plot && l.plot._fullLayout && l.parts === null)"
            " && !r.classList.contains('busy') && !r.classList.contains('stale')"
            " && !l.gliding && !l.playing && r.dataset.ready === l.spec.stamp"
            " && (!l.spec.panels.some(p => p.type === 'meter')"
            " || document.querySelector('[data-word=\"meter.share\"]').textContent.length > 0)"
            " && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'; })()",
            timeout=120_000,  # all methods of /methods compile for half a minute where the machine is busy
        )
        self.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def stands_at(self, positions: dict[str, int]) -> None:
        """Wait until the handles stand at these positions: after "back" the address is there before the server's answer."""
        home = "(document.querySelector('.bl')?.__live?.spec?.home ?? {})"
        self.wait(" && ".join(f"{home}['{name}'] === {at}" for name, at in positions.items()), timeout=15_000)
        self.settle()
        assert self.live("live.positions") == positions

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, and wait until a chart has filled its box anew."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait(
            f"innerWidth === {width} && (() => {{ const chart = document.querySelector('.bl-plot .main-svg');"
            " if (!chart) return true;"
            " const [has, may] = [chart, document.querySelector('.bl-box')].map(e => e.getBoundingClientRect());"
            " return Math.abs(has.width - may.width) < 1 && Math.abs(has.height - may.height) < 1; })()",
            timeout=15_000,
        )

    def handle(self, name: str):
        return self.page.locator(f'[data-handle="{name}"] input[type="range"]')

    def box(self, what) -> dict[str, float]:
        """Return where a locator, or the element of a selector, lies, once it lies still and is laid out at all.

        A picture that is drawn anew takes its elements away and puts others there; between them there is no box.
        """
        found, before = self.page.locator(what) if isinstance(what, str) else what, None
        for _ in range(500):
            now = found.bounding_box()
            if now and now == before:
                return now
            before = now
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{what} does not come to rest: {before}")

    def grab(self, name: str) -> tuple[float, float, float]:
        """Press the mouse on a handle's thumb; return its x, y and the track's width."""
        box = self.box(self.handle(name))
        at, last = self.live(
            f"[live.positions['{name}'], live.spec.handles.find(h => h.id === '{name}').values.length - 1]"
        )
        rem = self.js("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        thumb = 1.45 * rem
        x = box["x"] + thumb / 2 + (box["width"] - thumb) * at / last
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        return x, y, box["width"] - thumb

    def release(self, handle: str, by: int) -> None:
        """Move a handle by some positions, let it go, and wait until all that the server has to say is there."""
        runs = self.runs
        at = self.live(f"live.positions['{handle}']")
        last = self.live(f"live.spec.handles.find(h => h.id === '{handle}').values.length - 1")
        self.handle(handle).evaluate(
            """(input, at) => { const say = (kind, Event_ = Event) => input.dispatchEvent(new Event_(kind, { bubbles: true }));
            say('pointerdown', PointerEvent); input.value = at; say('input'); say('pointerup', PointerEvent); say('change'); }""",
            at + by if at + by <= last else at - by,
        )
        deadline = time.monotonic() + 60
        while self.runs == runs and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        self.settle()

    def close(self) -> None:
        if not self.tabs:
            self.context.close()
            return
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        self.tabs.give(self.page)
