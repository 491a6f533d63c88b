"""No output shows any part of a credential, wherever it is written."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kubelint_py import Config, check_text
from kubelint_py.outputs import FORMATS
from tests.cli.test_check import kubelint

WORDS = ("Fr0gLantern9", "q8Rk2vT0zL5m")
BASE64 = [base64.b64encode(word.encode()).decode() for word in WORDS]
FILES = {
    "env.yaml": """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: a, image: a, env: [{name: A_PASSWORD, value: Fr0gLantern9}, {name: A_TOKEN, value: "q8Rk2vT0zL5m"}]}
    - name: b
      env:
        - name: URL
          value: postgres://web:Fr0gLantern9@db/x?password=q8Rk2vT0zL5m
        - name: FOLDED
          value: >
            password=Fr0gLantern9 token=q8Rk2vT0zL5m
        - name: ESCAPED
          value: "password=Fr0gLantern\\x39 token=q8Rk2vT0zL5\\x6d"
""",
    "one-line.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"hostPID": true, '
    '"containers": [{"name": "a", "image": "a", "env": [{"name": "A_PASSWORD", "value": "Fr0gLantern9"}, '
    '{"name": "A_TOKEN", "value": "q8Rk2vT0zL5m"}], "securityContext": {"privileged": true}}]}}',
    "config-map.yaml": """apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  A_PASSWORD: Fr0gLantern9
  a.json: '{"password": "Fr0gLantern9", "token": "q8Rk2vT0zL5m"}'
  a.conf: |
    password=Fr0gLantern9
    url=http://web:q8Rk2vT0zL5m@db
  escaped: "password=Fr0gLantern\\x39\\ntoken=q8Rk2vT0zL5m\\n"
""",
    "secret.yaml": f"""apiVersion: v1
kind: Secret
metadata: {{name: web}}
data: {{user: d2Vi, password: {BASE64[0]}, token: {BASE64[1]}}}
stringData:
  password: Fr0gLantern9
  other: q8Rk2vT0zL5m
  a.conf: |
    password=Fr0gLantern9
    token=q8Rk2vT0zL5m
""",
    "secret.json": '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "web", "labels": {"a": 1}}, '
    f'"data": {{"password": "{BASE64[0]}"}}, "stringData": {{"token": "q8Rk2vT0zL5m"}}}}',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manifests")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_no_output_shows_a_credential(folder: Path, name: str) -> None:
    result = kubelint("check", "--profile", "strict", "--format", name, cwd=folder)
    assert result.returncode == 1, result.stderr
    for rule in ("literal-secret-in-env-var", "secret-in-config-map", "native-secret-in-repo"):
        assert rule in result.stdout
    for word in (*WORDS, *BASE64):
        for part in (word, word[:6], word[-6:]):
            assert part not in result.stdout + result.stderr


def test_well_known_passwords_are_hidden_too(folder: Path, tmp_path: Path) -> None:
    text = FILES["env.yaml"].replace("Fr0gLantern9", "rootpassword").replace("q8Rk2vT0zL5m", "changeme123")
    (tmp_path / "env.yaml").write_text(text, encoding="utf-8")
    result = kubelint("check", "--select", "default-credential", cwd=tmp_path)
    assert "default-credential" in result.stdout
    assert "rootpassword" not in result.stdout
    assert "changeme123" not in result.stdout


def test_the_last_of_many_hides_the_rest(tmp_path: Path) -> None:
    many = ",".join(f'"a{index}_password":"Fr0g{index}vale"' for index in range(80))
    manifest = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: web}}\ndata: {{a.json: '{{{many}}}'}}\n"
    (tmp_path / "a.yaml").write_text(manifest, encoding="utf-8")
    result = kubelint("check", "--select", "secrets", cwd=tmp_path)
    assert result.stdout.count("secret-in-config-map]") == 50
    assert "vale" not in result.stdout


def test_a_finding_can_be_suppressed_at_an_alias() -> None:
    text = """apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  url: &url http://web:Fr0gLantern9@db
  same: *url  # kubelint: ignore[secret-in-config-map] told above
"""
    found = check_text(text, config=Config(select=("secret-in-config-map",))).findings
    assert {finding.path: bool(finding.suppressed) for finding in found} == {"/data/url": False, "/data/same": True}
