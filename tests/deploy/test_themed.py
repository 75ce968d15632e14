"""The theme is told from memory, and is the one that Streamlit tells."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages._ui.operating import themed

SECTIONS = ["theme", *(f"theme.{one}" for one in ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar"))]


def streamlits_own():
    """Return Streamlit's own function, which `app` may have taken the place of."""
    fill = app_session._populate_theme_msg
    return fill.__closure__[fill.__code__.co_freevars.index("fill")].cell_contents if fill.__closure__ else fill


@pytest.fixture
def own(monkeypatch):
    fill = streamlits_own()
    monkeypatch.setattr(app_session, "_populate_theme_msg", fill)
    return fill


def places(theme: CustomThemeConfig) -> dict[str, CustomThemeConfig]:
    """Return where Streamlit puts each section."""
    return dict(
        zip(
            SECTIONS,
            (theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar, theme.dark.sidebar),
            strict=True,
        )
    )


def told(fill) -> bytes:
    theme = CustomThemeConfig()
    for section, place in places(theme).items():
        fill(place, section)
    return theme.SerializeToString(deterministic=True)


def test_it_is_the_theme_that_streamlit_tells(own):
    asked = []

    def counted(msg, section="theme"):
        asked.append(section)
        own(msg, section)

    remembered = themed.remembered(counted)
    assert told(own) == told(remembered) == told(remembered)
    assert len(told(own)) > 400
    assert asked == SECTIONS


def test_it_asks_anew_when_the_configuration_was_read_anew(own, monkeypatch):
    remembered = themed.remembered(own)
    before = told(remembered)
    monkeypatch.setattr(config, "_config_options", dict(config.get_config_options()))
    config.set_option("theme.baseFontSize", 21)
    try:
        assert told(remembered) == told(own) != before
    finally:
        config.set_option("theme.baseFontSize", 17)


def test_streamlit_tells_it_from_memory(own):
    themed.remember()
    filled = app_session._populate_theme_msg
    assert filled is not own
    themed.remember()
    assert app_session._populate_theme_msg is filled


@pytest.mark.parametrize("other", [None, lambda message, options: None])
def test_another_streamlit_goes_on_as_it_does(own, monkeypatch, other):
    if other is None:
        monkeypatch.delattr(app_session, "_populate_theme_msg")
    else:
        other.__module__ = app_session.__name__
        monkeypatch.setattr(app_session, "_populate_theme_msg", other)
    themed.remember()
    assert getattr(app_session, "_populate_theme_msg", None) is other
