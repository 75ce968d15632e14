"""Places that usually hide a missing noun: habits, not gates. A good reason beats the number.

.venv/bin/python .ci/habits.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE, FUNCTION, LINE = 250, 40, 120


def main() -> None:
    """List files over 250 lines, functions over 40, and lines of JavaScript over 120 letters."""
    for path in sorted([*ROOT.glob("bayes_core/**/*.py"), *ROOT.glob("pages/**/*.py")]):
        name, text = path.relative_to(ROOT), path.read_text(encoding="utf-8")
        if len(text.splitlines()) > FILE:
            print(f"{name}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION:
                    print(f"{name}:{node.lineno}: {node.name} has {length} lines")
    for path in sorted(ROOT.glob("assets/live/**/*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if len(line) > LINE:
                print(f"{path.relative_to(ROOT)}:{number}: {len(line)} letters")


if __name__ == "__main__":
    main()
