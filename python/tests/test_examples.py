"""The examples run, beside the packages that people use them with."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import nutgraf as ng
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "python" / "examples"
FERRY = ROOT / "seeds" / "ferry-meridian.txt"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_morning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "morning.html"
    briefing = example("morning").brief(ROOT / "seeds", page)
    assert page.read_text(encoding="utf-8") == briefing.render("html")
    assert "Tomas Brandvik" in capsys.readouterr().out


def test_a_guard_behind_sumy() -> None:
    pytest.importorskip("sumy")
    guard = example("guard")
    articles = ng.read(FERRY)
    honest = guard.lexrank(articles)
    assert len(ng.sentences(honest)) > 2
    assert ng.verify(honest, articles).ok
    kept = guard.checked(guard.paraphrased, articles)
    assert "too late to speak" not in kept
    assert kept.split() == honest.split()


def test_what_trafilatura_extracts_is_an_article() -> None:
    trafilatura = pytest.importorskip("trafilatura")
    page = (ROOT / "seeds" / "dig-harbour-gazette.html").read_text(encoding="utf-8")
    record = json.loads(trafilatura.extract(page, output_format="json", with_metadata=True))
    (story,) = ng.stories([record])
    assert story.headline == record["title"]
    assert str(ng.summarize(record, sentences=1)) in " ".join(record["text"].split())


def test_the_notebook_runs(tmp_path: Path) -> None:
    pytest.importorskip("nbconvert")
    pytest.importorskip("ipykernel")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir", str(tmp_path)]
    done = subprocess.run([*command, str(EXAMPLES / "briefing.ipynb")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Briefing 2026-03-11" in (tmp_path / "briefing.html").read_text(encoding="utf-8")


def test_mypy_accepts_the_examples_and_the_stubs(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--cache-dir", "/dev/null"]
    checked = subprocess.run([*command, str(EXAMPLES)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    (tmp_path / "allowed").write_text("nutgraf._nutgraf.__all__\n")
    stubtest = [sys.executable, "-m", "mypy.stubtest", "--allowlist", str(tmp_path / "allowed"), "nutgraf._nutgraf"]
    done = subprocess.run(stubtest, capture_output=True, text=True, check=False, cwd=EXAMPLES)
    assert done.returncode == 0, done.stdout + done.stderr
