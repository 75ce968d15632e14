"""A small drawing for each door: ink, and over it what is in the answer's colour; both follow the theme."""

from __future__ import annotations

from base64 import b64encode

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 34" fill="none" stroke="#000" stroke-width="1.4" '
    'stroke-linecap="round" stroke-linejoin="round">'
)


def _layer(concept: str, inside: str) -> str:
    """Return one colour of a drawing as a mask: Streamlit takes SVG out of HTML, and leaves a style alone."""
    drawn = b64encode(f"{_HEAD}{inside}</svg>".encode()).decode()
    return f'<i style="--drawn:url(data:image/svg+xml;base64,{drawn});--c:var(--c-{concept})"></i>'


def _icon(ink: str, answer: str, concept: str = "posterior") -> str:
    return f'<div class="dt-icon" aria-hidden="true">{_layer("data", ink)}{_layer(concept, answer)}</div>'


def _area(path: str) -> str:
    return f'<path d="{path}" fill="#000" fill-opacity=".2" stroke="none"/>'


def _line(path: str, more: str = "") -> str:
    return f'<path d="{path}" {more}/>'


def _dots(*places: tuple[float, float]) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="1.8" fill="#000" stroke="none"/>' for x, y in places)


def _futures() -> str:
    towers = ((6, 1), (13, 3), (20, 4), (27, 3), (34, 2))
    places = ((x, 30 - 6.6 * k) for x, tall in towers for k in range(tall))
    return "".join(f'<circle cx="{x}" cy="{y}" r="2.6" fill-opacity="{int(x > 22)}" fill="#000"/>' for x, y in places)


ICONS = {
    "linear/posterior": _icon(
        _dots((7, 25), (15, 17), (24, 18), (34, 9)), _area("M2 21L40 3V16L2 31Z") + _line("M2 26L40 9.5")
    ),
    "linear/map_vs_ridge": _icon(
        _line("M2 17H40", 'stroke-opacity=".5"'),
        "".join(_line(f"M2 {y}C14 {y} 22 17 40 17") for y in (4, 10, 24, 31)),
        "map",
    ),
    "neural/regression": _icon(
        _dots((6, 15), (14, 25), (22, 29), (32, 18)),
        _area("M2 12C10 4 14 24 22 24S34 8 40 2V16C34 20 30 34 22 33S12 14 2 24Z")
        + _line("M2 18C10 10 14 29 22 28S34 14 40 9"),
    ),
    "trust/classes": _icon(
        _dots((7, 8), (13, 14), (17, 5), (9, 20)),
        _line("M8 33C16 26 20 12 32 2") + _dots((30, 18), (35, 25), (26, 28), (37, 13)),
    ),
    "trust/conformal": _icon(_line("M3 31L39 3", 'stroke-dasharray="2 3"'), _line("M3 31C16 30 30 16 39 3")),
    "yours/decide": _icon(_line("M23.5 2V33", 'stroke-width="1.8"'), _futures(), "aleatoric"),
}
