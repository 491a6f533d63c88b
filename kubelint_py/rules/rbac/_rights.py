"""What the rules of this folder use of the model, which they must not import themselves."""

from __future__ import annotations

from kubelint_py.model.bundle import may_share_namespace
from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_cover import uncovered
from kubelint_py.model.rbac_objects import ObjectId
from kubelint_py.model.rbac_rights import works_in_namespace
from kubelint_py.model.rbac_roles import built_in_roles
from kubelint_py.model.rbac_rule import Request, Rule
from kubelint_py.model.rbac_subject import Subject

__all__ = [
    "Grant",
    "ObjectId",
    "Permissions",
    "Request",
    "Rule",
    "Subject",
    "built_in_roles",
    "may_share_namespace",
    "uncovered",
    "works_in_namespace",
]
