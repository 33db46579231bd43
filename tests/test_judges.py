"""The labelled collections and their judges, run as whoever accepts the product runs them."""

import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.conftest import ROOT, Serve

TOOLS = ROOT.parent / "shared" / "tools"

pytestmark = pytest.mark.skipif(not TOOLS.exists(), reason="the judges and their cases are not beside the project")


def judged(judge: Path, *arguments: str) -> None:
    """Run a judge in the project's folder; what it printed is the failure's explanation."""
    done = subprocess.run(
        [sys.executable, str(judge), *arguments, "-v"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("judge", ["truth_judge.py", "guardrail_judge.py"])
def test_a_judge_accepts_the_rules(judge: str) -> None:
    judged(TOOLS / judge)


def test_a_judge_accepts_what_is_read_out_of_uploaded_pdfs(serve: Serve, app: FastAPI) -> None:
    judged(TOOLS / "extraction_judge.py", serve(app))
