"""RBAC: what a set of roles and bindings allows, to whom, and which object says so."""

from __future__ import annotations

from kubelint_py.model.rbac import Bound, Grant, Permissions
from kubelint_py.model.rbac_cover import uncovered
from kubelint_py.model.rbac_holdings import Holdings
from kubelint_py.model.rbac_objects import Binding, ObjectId, Role
from kubelint_py.model.rbac_roles import WrittenRule, built_in_roles
from kubelint_py.model.rbac_rule import Request, Rule
from kubelint_py.model.rbac_subject import Subject

__all__ = (
    "Binding",
    "Bound",
    "Grant",
    "Holdings",
    "ObjectId",
    "Permissions",
    "Request",
    "Role",
    "Rule",
    "Subject",
    "WrittenRule",
    "built_in_roles",
    "uncovered",
)
