"""What follows the picture of the page on complexity: leave-one-out from draws, beside the exact one."""

from __future__ import annotations

from collections.abc import Iterator

from pages._ui.work.courier import News

from .look import reweighted
from .settings import ModelSettings


def work(settings: ModelSettings) -> Iterator[News]:
    """Yield the exact answer, then what reweighted draws make of it."""
    del settings
    yield News(settled=True)
    yield News(None, "draws", reweighted)
