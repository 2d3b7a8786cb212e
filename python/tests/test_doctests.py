"""The examples of the docstrings, of the documentation and of the README run, and the stub file is that of the module."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nutgraf
import pytest
from nutgraf import _nutgraf, tables

try:
    import nutgraf.spacy as spacy_component
except ImportError:
    spacy_component = None  # type: ignore[assignment]

PYTHON = Path(__file__).parents[1]
ROOT = PYTHON.parent


def docstrings() -> Iterator[tuple[str, str]]:
    """Return the docstrings of the package with the names of what they document."""
    for module in (nutgraf, tables, _nutgraf):
        yield module.__name__, module.__doc__ or ""
    if spacy_component is not None:
        yield spacy_component.__name__, spacy_component.__doc__ or ""
    for name, thing in vars(_nutgraf).items():
        yield name, inspect.getdoc(thing) or ""
        if inspect.isclass(thing):
            for member in vars(thing):
                yield f"{name}.{member}", inspect.getdoc(getattr(thing, member)) or ""


def test_docstrings() -> None:
    attempted = 0
    for name, text in docstrings():
        examples = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
        result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
        assert result.failed == 0, name
        attempted += result.attempted
    assert attempted >= 40


def test_every_public_name_has_a_docstring() -> None:
    for name in nutgraf.__all__:
        thing = getattr(nutgraf, name)
        assert name == "__version__" or inspect.getdoc(thing), name


def test_the_stub_file_has_the_docstrings_of_the_module() -> None:
    command = [sys.executable, str(PYTHON / "tools" / "stubs.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run python/tools/stubs.py"


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", PYTHON / "README.md", ROOT / "docs" / "python.md"], ids=lambda page: page.parent.name
)
def test_the_python_examples_of_a_page_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    assert blocks
    # The examples name files as they are called from the root of the sources.
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)
