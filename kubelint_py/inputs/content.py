"""Formats that are recognised by the content of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kubelint_py.data.not_manifests import ANSIBLE_TASK_KEYS, KEY_SIGNATURES

Data = Mapping[Any, Any]
_PATCH_OPERATIONS = ("add", "remove", "replace", "move", "copy", "test")
_GROUP_VERSION_KEYS = ("spec", "data", "rules", "roleRef", "webhooks")


def mapping_reason(data: Data) -> str:
    """Return what a mapping without a Kubernetes type is."""
    keys = data.keys()
    api_version = data.get("apiVersion")
    if isinstance(api_version, str) and api_version.startswith("score.dev/"):
        return "score"
    for reason, test in _TESTS:
        if test(data):
            return reason
    found = next((reason for reason, marks in KEY_SIGNATURES if marks <= keys), "")
    return found or ("kind-missing" if _lacks_kind(data) else "not-kubernetes")


def list_reason(items: list[Any]) -> str | None:
    """Return what a list at the top of a document is, or None when it says nothing."""
    mappings = [item for item in items if isinstance(item, dict)]
    if not mappings or len(mappings) < len(items):
        return None
    if all(_is_patch_operation(item) for item in mappings):
        return "kustomize-patch"
    if all(isinstance(item.get("apiVersion"), str) and isinstance(item.get("kind"), str) for item in mappings):
        return "list-of-objects"
    if all(isinstance(item.get("id"), str) and "entry" in item for item in mappings):
        return "pre-commit"
    return "ansible" if any(_is_ansible(item) for item in mappings) else None


def _is_patch_operation(data: Data) -> bool:
    # Of a JSON array each element is a document.
    return data.get("op") in _PATCH_OPERATIONS and isinstance(data.get("path"), str) and "kind" not in data


def _is_ansible(item: Data) -> bool:
    """Tell whether an item is a play, a task or a handler."""
    keys = item.keys()
    module = any(isinstance(key, str) and key.count(".") >= 2 for key in keys)
    return "hosts" in keys or bool(keys & ANSIBLE_TASK_KEYS) or (module and "name" in keys)


def _mappings(value: Any) -> list[Data]:
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in values if isinstance(each, dict)]


def _is_compose(data: Data) -> bool:
    services = data.get("services")
    return isinstance(services, dict) and any("image" in each or "build" in each for each in _mappings(services))


def _is_workflow(data: Data) -> bool:
    # YAML 1.1 reads the key `on` as a boolean, which becomes the key "true".
    jobs = data.get("jobs")
    return isinstance(jobs, dict) and any(key in data for key in ("on", "true"))


def _is_gitlab(data: Data) -> bool:
    scripts = [each for each in _mappings(data) if "script" in each or "extends" in each]
    return bool(scripts) and ("stages" in data or "include" in data or any("script" in each for each in scripts))


def _is_cloudformation(data: Data) -> bool:
    types = [each.get("Type") for each in _mappings(data.get("Resources"))]
    return any(isinstance(each, str) and each.startswith(("AWS::", "Custom::", "Alexa::")) for each in types)


def _is_json_schema(data: Data) -> bool:
    schema = data.get("$schema")
    if isinstance(schema, str):
        return "json-schema.org/" in schema
    return isinstance(data.get("properties"), dict) and data.get("type") == "object"


def _is_helmfile(data: Data) -> bool:
    return any("chart" in release for release in _mappings(data.get("releases")))


def _is_rule_groups(data: Data) -> bool:
    return isinstance(data.get("groups"), list) and any("rules" in group for group in _mappings(data["groups"]))


def _is_provisioning(data: Data) -> bool:
    parts = ("datasources", "providers", "contactPoints", "policies", "deleteDatasources")
    return isinstance(data.get("apiVersion"), int) and any(key in data for key in parts)


def _is_inventory(data: Data) -> bool:
    top = data.get("all")
    return isinstance(top, dict) and any(key in top for key in ("hosts", "children"))


def _is_chart_requirements(data: Data) -> bool:
    return any("repository" in each and "version" in each for each in _mappings(data.get("dependencies")))


def _is_pipeline(data: Data) -> bool:
    steps = _mappings(data.get("steps")) if isinstance(data.get("steps"), list) else []
    marks = ("commands", "command", "plugins", "task", "script", "bash")
    cloud_build = any("name" in step and ("args" in step or "entrypoint" in step) for step in steps)
    return cloud_build or any(mark in step for step in steps for mark in marks)


def _is_kustomization(data: Data) -> bool:
    return data.get("kind") in ("Kustomization", "Component") and "spec" not in data


_TESTS: tuple[tuple[str, Callable[[Data], bool]], ...] = (
    ("kustomize-patch", _is_patch_operation),
    ("kustomization", _is_kustomization),
    ("compose", _is_compose),
    ("github-workflow", _is_workflow),
    ("cloudformation", _is_cloudformation),
    ("json-schema", _is_json_schema),
    ("helmfile", _is_helmfile),
    ("prometheus-config", _is_rule_groups),
    ("grafana-provisioning", _is_provisioning),
    ("ansible", _is_inventory),
    ("helm-chart", _is_chart_requirements),
    ("ci-pipeline", _is_pipeline),
    ("gitlab-ci", _is_gitlab),
)


def _lacks_kind(data: Data) -> bool:
    """Tell whether a mapping is an object but for its kind."""
    named = isinstance(data.get("metadata"), dict) and isinstance(data.get("apiVersion"), str)
    return named and any(isinstance(data.get(key), dict | list) for key in _GROUP_VERSION_KEYS)
