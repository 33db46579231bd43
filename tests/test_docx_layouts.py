"""Real layouts with other words: every edit lands, and nothing else of the file changes."""

import importlib.util
import json
from pathlib import Path

import pytest

from services.docx.reader import read_docx
from services.docx_generation_service import Edit, apply_edits

SHARED = Path(__file__).resolve().parents[2] / "shared"
LAYOUTS = SHARED / "data" / "layouts"
EDITS = SHARED / "tools" / "docx_judge" / "edits"

pytestmark = pytest.mark.skipif(not EDITS.is_dir(), reason="the sample layouts are not beside this checkout")
PUBLIC = ("id", "op", "old", "anchor", "new")
NAMES = sorted(path.stem for path in EDITS.glob("*.json")) if EDITS.is_dir() else []


def judge(*arguments):
    spec = importlib.util.spec_from_file_location("docx_judge", EDITS.parent / "judge.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.judge(*arguments)


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_passes_every_check_of_the_judge(name, tmp_path):
    source = LAYOUTS / f"{name}.docx"
    edits = json.loads((EDITS / f"{name}.json").read_text())
    result = apply_edits(
        source.read_bytes(), [{k: e[k] for k in ("id", "op", "old", "anchor", "new") if k in e} for e in edits]
    )
    merged = tmp_path / "merged.docx"
    merged.write_bytes(result.document)
    assert result.skipped == []
    assert judge(str(source), edits, str(merged))["fail"] == []


@pytest.mark.parametrize("name", NAMES[::4])
def test_every_line_of_a_layout_can_be_written_through_its_anchor(name):
    document = (LAYOUTS / f"{name}.docx").read_bytes()
    lines = read_docx(document).lines
    edits = [Edit(line.number, "replace", line.anchor, new=f"Line {line.number} rewritten") for line in lines]
    result = apply_edits(document, edits)
    assert result.skipped == []
    written = [line.text for line in read_docx(result.document).lines]
    assert [text for text in written if text.endswith("rewritten")] == [edit.new for edit in edits]
