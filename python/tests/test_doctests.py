"""The examples of the docstrings and of the README run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import nutgraf

ROOT = Path(nutgraf.__file__).parent


def test_docstrings() -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    stub = (ROOT / "_nutgraf.pyi").read_text()
    package = (ROOT / "__init__.py").read_text()
    examples = doctest.DocTestParser().get_doctest(stub + package, {}, "nutgraf", None, 0)
    result = runner.run(examples)
    assert result.attempted >= 8
    assert result.failed == 0


def test_the_readme_runs(monkeypatch: object, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    seeds = Path(__file__).parents[2] / "seeds"
    exec(code.replace('"articles/"', repr(str(seeds))), {})
