"""A bell is moved by its top and its shoulder, an ellipse by its edges, and the bar of the evidence goes along."""

from __future__ import annotations

KL = "document.querySelector('.eb-kl').textContent"
FULL = "document.querySelector('.eb-full').getBBox().width"


def middle(page, thumb: str) -> tuple[float, float]:
    """Return the middle of a thumb, in pixels."""
    box = page.box(thumb)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page, thumb: str, across: float, up: float = 0.0) -> None:
    """Drag a thumb in three steps, each of which is drawn, and let it go."""
    x, y = middle(page, thumb)
    runs = page.runs
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    for step in range(1, 4):
        draws = page.live("live.draws")
        page.page.mouse.move(x + across * step / 3, y - up * step / 3)
        page.wait(f"document.querySelector('.bl').__live.draws > {draws}")
    assert page.runs == runs  # nothing is asked of the server while it moves
    page.page.mouse.up()


def test_a_bell_is_moved_by_its_top_and_its_shoulder(visit):
    page = visit("/by_hand")
    page.settle()
    assert "1.74" in page.js(KL)
    x, _ = middle(page, ".be-mean")
    full = page.js(FULL)
    dragged(page, ".be-mean", 120)
    page.wait("/mean=7[34]/.test(location.search)")
    page.settle()
    assert abs(middle(page, ".be-mean")[0] - x - 120) < 8  # the top stands under the pointer
    assert page.js(FULL) != full
    dragged(page, ".be-width", 60)
    page.wait("location.search.includes('width=')")
    page.settle()
    width = page.live("live.spec.handles.find(h => h.id === 'width').values[live.positions.width]")
    assert width > 1.2
    assert f"{width:.2f}²" in page.js("document.querySelector('.be').textContent")
    # what is filled and what is missing add up to the bar, which ends at the log evidence
    gap, line = ("document.querySelector('.eb-gap').getBBox()", "document.querySelector('.eb-line').getBBox().x")
    assert abs(page.js(f"{gap}.x + {gap}.width") - page.js(line)) < 1


def test_an_ellipse_is_moved_by_its_edges(visit):
    page = visit("/by_hand?scene=tilt")
    page.settle()
    assert "1.31" in page.js(KL)
    dragged(page, ".ti-wide", -60)
    page.wait("location.search.includes('wide=1.')")
    page.settle()
    dragged(page, ".ti-tall", 0, -40)
    page.wait("/tall=[2-6]/.test(location.search)")
    page.settle()
    assert float(page.js(KL).split()[-2 if "missing" in page.js(KL) else -1]) < 1.0
