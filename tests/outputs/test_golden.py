from __future__ import annotations

import subprocess
import sys

import pytest

from kubelint_py.errors import ConfigError
from kubelint_py.finding import Report
from kubelint_py.outputs import FORMATS, render
from tests.conftest import ROOT
from tests.outputs.sample import GOLDEN, OPTIONS, SAMPLE, golden_name, many


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str) -> None:
    expected = (GOLDEN / golden_name(name)).read_bytes().decode()
    assert render(name, SAMPLE, **OPTIONS) == expected


@pytest.mark.parametrize("name", FORMATS)
def test_order_of_findings_and_inputs_does_not_matter(name: str) -> None:
    shuffled = Report(SAMPLE.findings[::-1], SAMPLE.inputs[::-1], SAMPLE.summary)
    assert render(name, shuffled, **OPTIONS) == render(name, SAMPLE, **OPTIONS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("count", [0, 1, 500])
def test_ends_with_one_line_feed(name: str, count: int) -> None:
    text = render(name, many(count))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"gitlab"}))
def test_every_format_counts_inputs(name: str) -> None:
    text = render(name, SAMPLE, **OPTIONS)
    words = ('"linted": 4', '"skipped": 4', '"failed": 1')
    sentence = ("4 inputs linted", "4 skipped", "1 failed")
    assert all(word in text for word in words) or all(part in text for part in sentence)


@pytest.mark.parametrize("name", FORMATS)
def test_failed_inputs_are_named(name: str) -> None:
    text = render(name, SAMPLE, **OPTIONS)
    assert "broken.yaml" in text
    assert "byte 3 cannot be decoded" in text


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"human", "concise", "github", "markdown"}))
def test_machine_formats_are_ascii(name: str) -> None:
    assert render(name, SAMPLE, **OPTIONS).isascii()


def test_unknown_format() -> None:
    with pytest.raises(ConfigError, match="unknown format 'xml'; known are human, concise"):
        render("xml", SAMPLE)


def test_only_the_format_in_use_is_imported() -> None:
    program = (
        "import sys\n"
        "import kubelint_py.outputs as outputs\n"
        "from tests.outputs.sample import many\n"
        "before = [m for m in sys.modules if m.startswith('kubelint_py.outputs.')]\n"
        "outputs.render('concise', many(1))\n"
        "after = [m.rpartition('.')[2] for m in sys.modules if m.startswith('kubelint_py.outputs.')]\n"
        "assert before == [], before\n"
        "assert [m for m in after if not m.startswith('_')] == ['concise'], after\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
