"""What a JSON report must be."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from tests.conftest import ROOT

REPORT = Draft202012Validator(json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8")))
