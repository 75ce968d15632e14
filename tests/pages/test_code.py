"""The browser's code as it is sent: real modules in the order of their imports."""

from __future__ import annotations

import json
import posixpath
import re

import pytest

from bayes_core.figures.packing import opened
from pages._ui.live import code

OUTSIDE = {"loader.js", "relay.js", "types.js", "class/types.js", "report/boot.js", "report/chart.js"}
"""The two that components carry, what only the type check reads, and what only a report holds."""
FROM = re.compile(r"""\bfrom\s+["']([^"']+)["']""")
PRIVATE = re.compile(r"_fullLayout|_fullData|_offset|_length\b|\bd2p\b|\bp2d\b|js-fill|js-line|scatterlayer")


def test_every_module_is_sent_once_and_after_those_it_imports():
    names = [name for name, _ in code.modules()]
    assert names[-1] == "main.js"
    assert len(set(names)) == len(names)
    there = {path.relative_to(code._ROOT).as_posix() for path in code._ROOT.rglob("*.js")}
    assert there - set(names) == OUTSIDE
    for at, (name, source) in enumerate(code.modules()):
        for other in FROM.findall(source):
            assert other.startswith("."), f"{name} imports {other}, which is no file of ours"
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) in names[:at], (name, other)
        assert not re.search(r"^import [\"']", source, re.MULTILINE), (
            f"{name} imports for effect: the loader links names"
        )


def test_the_code_travels_whole():
    told = json.loads(opened(code.packed()))
    assert [tuple(one) for one in told["modules"]] == code.modules()
    assert all(name in told["css"] for name in (".bl-box", ".bl-cells", ".hm-pic"))


def test_modules_may_not_import_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(code, "_ROOT", tmp_path)
    (tmp_path / "deep").mkdir()
    (tmp_path / "main.js").write_text('import { a } from "./deep/a.js";\n')
    (tmp_path / "deep" / "a.js").write_text("import {\n  b,\n} from '../b.js';\n")
    (tmp_path / "b.js").write_text("export const b = 1;\n")
    assert [name for name, _ in code.modules()] == ["b.js", "deep/a.js", "main.js"]
    (tmp_path / "b.js").write_text('export { a } from "./deep/a.js";\n')
    with pytest.raises(ValueError, match=r"deep/a\.js -> b\.js -> deep/a\.js"):
        code.modules()


def test_what_plotly_does_not_promise_is_known_in_one_file():
    found = {name for name, source in code.modules() if PRIVATE.search(source)}
    assert found == {"plotly.js"}
