"""Writes the docstrings of the compiled module into its stub file: python tools/stubs.py

The comments of the Rust sources are the docstrings; editors read the stub file. With --check nothing is written, and the
exit status is 1 if the two differ.
"""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path

from nutgraf import _nutgraf

STUB = Path(__file__).parents[1] / "nutgraf" / "_nutgraf.pyi"


def documented(node: ast.AST, owner: object) -> list[tuple[ast.stmt, str]]:
    """Return the definitions of a stub that are documented at run time, with their docstrings."""
    found = []
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.ClassDef, ast.FunctionDef)):
            continue
        thing = getattr(owner, child.name, None)
        is_special = child.name.startswith("__")
        text = None if thing is None or is_special else inspect.getdoc(thing)
        if text and (isinstance(child, ast.ClassDef) or not child.name.startswith("_")):
            found.append((child, text))
        if isinstance(child, ast.ClassDef):
            found += documented(child, thing)
    return found


def with_docstrings(stub: str) -> str:
    """Return the stub with each docstring replaced by that of the module."""
    lines = stub.splitlines()
    for node, text in sorted(documented(ast.parse(stub), _nutgraf), key=lambda pair: -pair[0].lineno):
        first = node.body[0]
        indent = " " * (node.col_offset + 4)
        quoted = '"""' + text.replace("\\", "\\\\")
        quoted += '\n"""' if "\n" in text else '"""'
        doc = [indent + line if line else "" for line in quoted.splitlines()]
        is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        if is_doc and first.value.value is ...:
            # `def f(self) -> int: ...` becomes a block whose body is the docstring.
            head = lines[first.lineno - 1]
            lines[first.lineno - 1 : first.end_lineno] = [head[: first.col_offset].rstrip(), *doc]
        elif is_doc:
            lines[first.lineno - 1 : first.end_lineno] = doc
        else:
            before = first.decorator_list[0].lineno if getattr(first, "decorator_list", None) else first.lineno
            lines[before - 1 : before - 1] = [*doc, ""]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    old = STUB.read_text(encoding="utf-8")
    new = with_docstrings(old)
    if "--check" in sys.argv:
        sys.exit(old != new)
    STUB.write_text(new, encoding="utf-8")
