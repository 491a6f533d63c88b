"""What identities gain and lose between two sets."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.errors import InputError
from kubelint_py.model import rbac_diff
from kubelint_py.model.rbac_cover import HeldRules, uncovered
from kubelint_py.model.rbac_diff import Change, difference
from kubelint_py.model.rbac_rule import Request
from kubelint_py.rbac import Permissions, Rule, Subject
from tests.model.rbac_objects import account, bind, bind_cluster, cluster_role, group, role, rule, user
from tests.steps import lines_run
from tools.rbac_set import rbac_set

READER = cluster_role("reader", rule("get,list", "pods"))


def gained(old: list[Any], new: list[Any]) -> list[str]:
    return [tell(change) for change in difference(Permissions(old), Permissions(new)).gained]


def tell(change: Change) -> str:
    parts = (f"{','.join(part.verbs)} {','.join(part.resources or part.non_resource_urls)}" for part in change.rules)
    return f"{change.subject} @{change.namespace or '*'}: {' + '.join(parts)}"


def test_a_new_binding_is_a_gain_and_its_removal_a_loss() -> None:
    new = [READER, bind("ClusterRole/reader", account("web"), namespace="shop")]
    found = difference(Permissions([READER]), Permissions(new))
    assert [tell(change) for change in found.gained] == ["ServiceAccount shop/web @shop: get,list pods"]
    assert found.lost == ()
    assert difference(Permissions(new), Permissions([READER])) == found._replace(gained=(), lost=found.gained)


def test_the_same_rights_in_other_words_are_no_change() -> None:
    old = [READER, bind_cluster("reader", user("alice"))]
    new = [
        cluster_role("a", rule("list", "pods")),
        cluster_role("b", rule("get", "pods")),
        bind_cluster("a", user("alice")),
        bind_cluster("b", user("alice"), name="other"),
    ]
    assert difference(Permissions(old), Permissions(new)) == ((), ())


def test_only_the_new_part_of_a_rule_is_told() -> None:
    wider = cluster_role("reader", rule("get,list,watch", "pods,secrets"))
    binding = bind_cluster("reader", user("alice"))
    assert gained([READER, binding], [wider, binding]) == ["User alice @*: watch pods,secrets + get,list secrets"]


def test_the_whole_cluster_covers_its_namespaces_but_not_the_other_way_round() -> None:
    wide, narrow = bind_cluster("reader", user("alice")), bind("ClusterRole/reader", user("alice"), namespace="shop")
    assert gained([READER, wide], [READER, narrow]) == []
    assert gained([READER, narrow], [READER, wide]) == ["User alice @*: get,list pods"]
    assert gained([READER], [READER, wide, narrow]) == ["User alice @*: get,list pods"]


def test_what_a_group_held_is_not_gained_by_its_members() -> None:
    old = [READER, bind_cluster("reader", group("system:serviceaccounts"))]
    assert gained(old, [READER, bind_cluster("reader", account("web", "shop"))]) == []
    assert gained([READER, bind_cluster("reader", account("web", "shop"))], old) == [
        "Group system:serviceaccounts @*: get,list pods"
    ]


def test_two_bindings_with_one_right_are_one_gain() -> None:
    new = [READER, bind_cluster("reader", user("alice"), name="b1"), bind_cluster("reader", user("alice"), name="b2")]
    (change,) = difference(Permissions([]), Permissions(new)).gained
    assert change.grant.binding.name == "b1"
    assert change.rules == (Rule(("get", "list"), ("",), ("pods",)),)


def test_both_spellings_of_a_service_account_are_one() -> None:
    old = [READER, bind_cluster("reader", user("system:serviceaccount:shop:web"))]
    assert gained(old, [READER, bind_cluster("reader", account("web", "shop"))]) == []


def test_built_in_roles_and_paths_count() -> None:
    new = [
        cluster_role("probe", rule("get", urls="/metrics,/healthz")),
        bind_cluster("probe", user("bob")),
        bind("ClusterRole/view", user("carol"), namespace="shop"),
    ]
    old = [cluster_role("probe", rule("get", urls="/healthz")), bind_cluster("probe", user("bob"))]
    assert gained(old, new)[0] == "User bob @*: get /metrics"
    assert all(told.startswith("User carol @shop") for told in gained(old, new)[1:])
    assert gained([bind("ClusterRole/edit", user("carol"), namespace="shop")], new[2:]) == []


def test_names_that_were_limited() -> None:
    binding = bind("Role/r", user("alice"), namespace="shop")
    old = [role("r", rule("get", "secrets", names="a"), namespace="shop"), binding]
    new = [role("r", rule("get", "secrets"), namespace="shop"), binding]
    assert gained(old, new) == ["User alice @shop: get secrets"]
    assert gained(new, old) == []


@pytest.mark.parametrize("size", [(400, 1_000)])
def test_what_is_gained_is_exactly_what_was_not_held(size: tuple[int, int]) -> None:
    objects = rbac_set(*size)
    bindings = [each for each in objects if each["kind"].endswith("Binding")]
    dropped = {each["metadata"]["name"] for each in bindings[::7]}
    fewer = [each for each in objects if each["metadata"]["name"] not in dropped]
    old, new = Permissions(fewer), Permissions(objects)
    found = difference(old, new)
    assert found.lost == ()
    assert found.gained
    for change in found.gained[:200]:
        for part in change.rules:
            asked: dict[str, Any] = {
                "verb": part.verbs[0],
                "api_group": part.api_groups[0],
                "resource": part.resources[0].partition("/")[0],
                "subresource": part.resources[0].partition("/")[2],
                "namespace": change.namespace,
            }
            user_name, groups = identity(change.subject)
            assert new.allows(user_name, groups, **asked)
            assert not old.allows(user_name, groups, **asked)


def identity(subject: Subject) -> tuple[str, list[str]]:
    own = [subject.name] if subject.kind == "Group" else []
    return subject.username, [*own, *(each.name for each in subject.groups)]


def test_too_many_comparisons_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [rule("get", "secrets", names=f"n{number}") for number in range(60)]
    new = Permissions([cluster_role("r", *rules), bind_cluster("r", user("alice"))])
    assert len(difference(Permissions([]), new).gained) == 60
    monkeypatch.setattr(rbac_diff, "LIMIT", 1000)
    with pytest.raises(InputError, match="more than 1,000 comparisons"):
        difference(Permissions([]), new)


def test_rules_that_share_nothing_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rbac_diff, "LIMIT", 1000)
    rules = [rule("get", f"kind{number}") for number in range(500)]
    new = Permissions([cluster_role("r", *rules), bind_cluster("r", user("alice"))])
    assert len(difference(Permissions([]), new).gained) == 500


def test_what_a_group_has_is_not_gone_through_for_each_member() -> None:
    def gains(size: int) -> int:
        everybody = group("system:authenticated")
        shared = [bind("ClusterRole/reader", everybody, namespace=f"n{number}") for number in range(size)]
        own = [bind("ClusterRole/reader", user(f"u{number}"), namespace="shop") for number in range(size)]
        return len(difference(Permissions([]), Permissions([READER, *shared, *own])).gained)

    assert gains(20) == 40
    once, twice = (lines_run(partial(gains, size)) for size in (100, 200))
    assert twice < 2.2 * once


ITEMS = st.lists(st.sampled_from(["*", "a", "b", "a/x", "*/x", "b/y"]), min_size=1, max_size=3).map(tuple)
VERBS = st.lists(st.sampled_from(["get", "list", "*"]), min_size=1, max_size=2).map(tuple)
RULES = st.builds(Rule, VERBS, st.just(("",)), ITEMS) | st.builds(
    Rule, VERBS, non_resource_urls=st.lists(st.sampled_from(["*", "/a", "/a/*", "/b"]), min_size=1).map(tuple)
)
REQUESTS = [
    *(Request(verb, "", kind, sub) for verb in ("get", "list", "put") for kind in "abc" for sub in ("", "x", "y")),
    *(Request("get", path=path) for path in ("/a", "/a/c", "/b", "/d")),
]


@settings(max_examples=200, deadline=None)
@given(RULES, st.lists(RULES, max_size=6))
def test_what_is_left_is_what_no_held_rule_allows(wanted: Rule, several: list[Rule]) -> None:
    held = HeldRules()
    for each in several:
        held.add(each)
    left, plainly = uncovered(wanted, held.near(wanted)), uncovered(wanted, several)
    assert bool(left) == bool(plainly)
    for request in REQUESTS:
        allowed = any(part.allows(request) for part in left)
        assert allowed is any(part.allows(request) for part in plainly)
        if wanted.allows(request) and not any(each.allows(request) for each in several):
            assert allowed
