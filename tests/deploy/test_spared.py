"""What Streamlit is spared changes nothing of what it tells."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from apps import open_app
from streamlit import config
from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages._ui.operating import spared

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

    remembered = spared.remembered(counted)
    assert told(own) == told(remembered) == told(remembered)
    assert len(told(own)) > 400
    assert asked == SECTIONS


def test_it_asks_anew_when_the_configuration_was_read_anew(own, monkeypatch):
    remembered = spared.remembered(own)
    before = told(remembered)
    monkeypatch.setattr(config, "_config_options", dict(config.get_config_options()))
    config.set_option("theme.baseFontSize", 21)
    try:
        assert told(remembered) == told(own) != before
    finally:
        config.set_option("theme.baseFontSize", 17)


def test_streamlit_tells_it_from_memory(own):
    spared.spare()
    filled = app_session._populate_theme_msg
    assert filled is not own
    spared.spare()
    assert app_session._populate_theme_msg is filled


@pytest.mark.parametrize("other", [None, lambda message, options: None])
def test_another_streamlit_goes_on_as_it_does(own, monkeypatch, other):
    if other is None:
        monkeypatch.delattr(app_session, "_populate_theme_msg")
    else:
        other.__module__ = app_session.__name__
        monkeypatch.setattr(app_session, "_populate_theme_msg", other)
    spared.spare()
    assert getattr(app_session, "_populate_theme_msg", None) is other


class State:
    """A session's state as far as a presenter looks at it."""

    def __init__(self, triggered) -> None:
        self._new_widget_state = Widgets({"events": triggered})


class Widgets(dict):
    def __init__(self, triggered) -> None:
        super().__init__(triggered)
        self.widget_metadata = {"events": SimpleNamespace(value_type="json_trigger_value")}


@pytest.mark.parametrize("triggered", [None, [], [{"event": "act", "value": {"top": 1}}]])
@pytest.mark.parametrize("value", [{}, {"moved": {"width": 1.0}}, None])
def test_a_page_sees_of_a_component_what_streamlit_shows(triggered, value):
    own = presentation.make_bidi_component_presenter
    names = ("events", "component", {"moved", "act"})
    shown = spared.unless_triggered(own)(*names)(value, State(triggered))
    assert shown == own(*names)(value, State(triggered))
    if triggered and value is not None:
        assert shown["act"] == {"top": 1}


def test_no_class_is_made_for_a_component_that_triggered_nothing():
    value = {"moved": {"width": 1.0}}
    present = spared.unless_triggered(presentation.make_bidi_component_presenter)("events", "component")
    assert present(value, State(None)) is value


def test_streamlits_state_is_what_is_looked_at(monkeypatch):
    own = presentation.make_bidi_component_presenter
    monkeypatch.setattr(main, "make_bidi_component_presenter", spared.unless_triggered(own))
    app = open_app("bayes/theorem")
    assert app.session_state["theorem"] == {}
