"""Label selectors over plain data.

A LabelSelector is `{"matchLabels": {...}, "matchExpressions": [...]}`; all its requirements must hold, and
without any it matches everything. Fields it does not know are dropped, as the API server's decoder does. A
malformed selector (wrong types, an unknown operator, values where none belong, an invalid key or value)
matches nothing; nothing here raises.

Source: Kubernetes API, LabelSelector of meta/v1, and `LabelSelectorAsSelector` of apimachinery.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

CONTROLLER_LABELS = frozenset(
    {
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
        "batch.kubernetes.io/job-name",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "pod-template-generation",
        "pod-template-hash",
        "statefulset.kubernetes.io/pod-name",
    }
)
"""Labels that controllers add to the pods they create; no template shows them."""

_LABEL = re.compile(r"[A-Za-z0-9]+(?:[_.-]+[A-Za-z0-9]+)*")
_PREFIX = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*")
_NO_VALUES: frozenset[str] = frozenset()


class Requirement(NamedTuple):
    """One condition on a label. `operator` is In, NotIn, Exists or DoesNotExist; only the first two have values."""

    key: str
    operator: str
    values: frozenset[str] = _NO_VALUES

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Whether labels that are all known meet the condition."""
        if self.operator == "Exists":
            return self.key in labels
        if self.operator == "DoesNotExist":
            return self.key not in labels
        if self.key not in labels:
            return self.operator == "NotIn"
        value = _text(labels[self.key])
        return (isinstance(value, str) and value in self.values) == (self.operator == "In")


def _text(value: object) -> object:
    # The API server's decoder reads a null in a list or map of strings as an empty one.
    return "" if value is None else value


def valid_value(value: object) -> bool:
    """Whether this is a label value: up to 63 letters, digits, `-`, `_`, `.`, or empty."""
    return isinstance(value, str) and len(value) <= 63 and (not value or _LABEL.fullmatch(value) is not None)


def valid_key(key: object) -> bool:
    """Whether this is a label key: a name of up to 63 characters, after an optional DNS prefix and a slash."""
    if not isinstance(key, str):
        return False
    prefix, slash, name = key.rpartition("/")
    if slash and (len(prefix) > 253 or not _PREFIX.fullmatch(prefix)):
        return False
    return bool(name) and valid_value(name)


def requirements(selector: object) -> tuple[Requirement, ...] | None:
    """Return the conditions of a LabelSelector, empty for one that matches everything; None for a malformed one.

    What an absent selector means differs from field to field; the caller decides before asking. Read a selector
    once with this, and ask `satisfied` about each set of labels.
    """
    if not isinstance(selector, Mapping):
        return None
    pairs, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    if not isinstance(pairs, Mapping | None) or not isinstance(expressions, list | tuple | None):
        return None
    found = [_label(key, value) for key, value in (pairs or {}).items()]
    found += [_expression(item) for item in expressions or ()]
    valid = tuple(item for item in found if item is not None)
    return valid if len(valid) == len(found) else None


def _label(key: object, value: object) -> Requirement | None:
    return _requirement(key, "In", [_text(value)])


def _expression(item: object) -> Requirement | None:
    if not isinstance(item, Mapping):
        return None
    values = item.get("values")
    if not isinstance(values, list | tuple | None):
        return None
    return _requirement(item.get("key"), item.get("operator"), [_text(value) for value in values or ()])


def _requirement(key: object, operator: object, values: list[object]) -> Requirement | None:
    if not valid_key(key) or not all(map(valid_value, values)):
        return None
    # A list is unhashable and would raise in a set of operators.
    if operator not in ("In", "NotIn", "Exists", "DoesNotExist"):
        return None
    if (operator in ("In", "NotIn")) != bool(values):
        return None
    return Requirement(str(key), str(operator), frozenset(map(str, values)))


def satisfied(conditions: Iterable[Requirement] | None, labels: Mapping[str, str]) -> bool:
    """Whether labels meet every condition of `requirements`; None, a malformed selector, is never met."""
    return conditions is not None and all(condition.holds(labels) for condition in conditions)


def maybe_satisfied(
    conditions: Iterable[Requirement] | None, labels: Mapping[str, str], unknown: Callable[[str], bool]
) -> bool | None:
    """Like `satisfied`, with None where the answer hangs on a label that is not in `labels` but `unknown`."""
    if conditions is None:
        return False
    answer: bool | None = True
    for condition in conditions:
        if condition.key not in labels and unknown(condition.key):
            answer = None
        elif not condition.holds(labels):
            return False
    return answer


def matches_map(selector_map: object, labels: Mapping[str, str]) -> bool:
    """Whether a plain map of labels, as a Service has, selects labels; an absent or empty map selects nothing."""
    if not isinstance(selector_map, Mapping) or not selector_map:
        return False
    return all(
        isinstance(_text(value), str) and key in labels and _text(labels[key]) == _text(value)
        for key, value in selector_map.items()
    )


def set_by_controller(key: str) -> bool:
    """Whether controllers add this label to pods they create."""
    return key in CONTROLLER_LABELS
