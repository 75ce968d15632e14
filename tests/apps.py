"""The app by AppTest, opened at one of its pages."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]


def open_app(page: str, timeout: int = 90, **params: str) -> AppTest:
    """Open pages/<page>.py by a link with these parameters; it must not have failed."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=timeout)
    app.switch_page(str(ROOT / f"pages/{page}.py"))
    for key, value in params.items():
        app.query_params[key] = value
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    """Return the app; it must not have failed."""
    assert not app.exception, app.exception
    return app
