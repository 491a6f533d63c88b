"""Pod templates of objects, also those that a controller puts together from fields of a custom resource."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kubelint_py.data.pod_templates import ANY, POD_FIELDS, Containers, Place, Shape
from kubelint_py.model.assembled import Assembled, follow, implied, overlay, reach
from kubelint_py.source.document import Node


class Template(NamedTuple):
    """A pod template: a node with `metadata` and `spec`.

    `sparse`: its controller adds to it, so that what a container lacks may be there in the end; its security
    contexts are as they will be. `partial`: these may be filled in as well.
    """

    node: Node
    sparse: bool = False
    partial: bool = False


def templates(root: Node, place: Place) -> Iterator[Template]:
    """Yield the pod templates of an object at a place of its kind; nothing without a spec."""
    for node in reach(root, place.path, ANY):
        if not isinstance(node.value, dict):
            continue
        if place.shape is not None:
            yield from _shaped(root, node, place.shape, place.partial)
        elif isinstance(node.value.get("spec"), dict):
            yield Template(node, place.partial, place.partial)
        elif place.bare and isinstance(node.value.get("containers"), list):
            yield Template(Assembled(node, {"spec": node}))


def _shaped(root: Node, node: Node, shape: Shape, partial: bool) -> Iterator[Template]:
    outer = [follow(root, path) for path in shape.outer]
    containers = _containers(node, outer, shape.containers, shape)
    init_containers = _containers(node, outer, shape.init_containers, shape)
    _add_made(node, containers, init_containers, shape)
    if shape.containers and not any(isinstance(each.value, dict) for each in containers):
        return
    places = _fields(node, outer, shape)
    lists = {"containers": containers, "initContainers": init_containers}
    lists["volumes"] = _volumes(node, outer, _mounted(containers + init_containers))
    places |= {field: Assembled(node.child(field), found) for field, found in lists.items() if found}
    metadata = follow(node, shape.metadata)
    if shape.outer_metadata:
        metadata = overlay(metadata, follow(root, shape.outer_metadata))
    patched = any(each.child(field).value is not None for each in (node, *outer) for field in shape.patched_by)
    yield Template(Assembled(node, {"metadata": metadata, "spec": Assembled(node, places)}), True, partial or patched)


def _containers(node: Node, outer: Sequence[Node], places: Sequence[Containers], shape: Shape) -> list[Node]:
    found: list[Node] = []
    for path, name in places:
        place = follow(node, path)
        if not name:
            found += place.items()
        elif isinstance(place.value, dict):
            for each in outer if path else ():
                place = overlay(place, follow(each, path))
            found.append(overlay(place, implied(place, {"name": name})))
    known = {*shape.made, *shape.made_init, *shape.made_sometimes}
    return [
        overlay(each, _made(node, name, shape)) if (name := each.child("name").as_str or "") in known else each
        for each in found
    ]


def _add_made(node: Node, containers: list[Node], init_containers: list[Node], shape: Shape) -> None:
    """Add a container that the controller makes and nothing patches; as all are alike, one stands for the others."""
    written = {each.child("name").as_str for each in (*containers, *init_containers)}
    for names, found in ((shape.made, containers), (shape.made_init, init_containers)):
        for name in names:
            if name not in written:
                found.insert(0, _made(node, name, shape))
                return


def _made(node: Node, name: str, shape: Shape) -> Node:
    """Return a container as its controller makes it; what it lacks can be said for the whole pod."""
    security = implied(node.child("securityContext"), dict(shape.made_security))
    return Assembled(node, {"name": implied(node.child("containers"), name), "securityContext": security})


def _fields(node: Node, outer: Sequence[Node], shape: Shape) -> dict[str, Node]:
    renamed = dict(shape.renamed)
    places = {}
    for field in POD_FIELDS:
        written = renamed.get(field, field)
        if not written:
            continue
        own = node.child(written)
        found = (each for each in (own, *(above.child(written) for above in outer)) if each.value is not None)
        place = next(found, own)
        if place.value is not None or written != field:
            places[field] = place
    return places


def _volumes(node: Node, outer: Sequence[Node], mounted: frozenset[str]) -> list[Node]:
    """Return the volumes of the pod: all of its own, and of the outer ones those that are mounted."""
    found = list(node.child("volumes").items())
    for above in outer:
        found += (each for each in above.child("volumes").items() if each.child("name").as_str in mounted)
    return found


def _mounted(containers: Sequence[Node]) -> frozenset[str]:
    mounts = (mount.child("name").value for each in containers for mount in each.child("volumeMounts").items())
    return frozenset(name for name in mounts if isinstance(name, str))
