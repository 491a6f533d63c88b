"""What the rules of this folder use of the RBAC engine."""

from __future__ import annotations

from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_cover import uncovered
from kubelint_py.model.rbac_objects import Binding, ObjectId
from kubelint_py.model.rbac_rights import is_nameless, is_namespaced, works_in_namespace
from kubelint_py.model.rbac_roles import built_in_roles
from kubelint_py.model.rbac_rule import ANY, Request, Rule
from kubelint_py.model.rbac_subject import Subject

__all__ = [
    "ANY",
    "Binding",
    "Grant",
    "ObjectId",
    "Permissions",
    "Request",
    "Rule",
    "Subject",
    "built_in_roles",
    "is_nameless",
    "is_namespaced",
    "uncovered",
    "works_in_namespace",
]
