"""git-sync runs another program in place of git.

git-sync calls the program that `GITSYNC_GIT` or `--git` names, with its own rights and the credentials of the
repository. Whoever may set the variable runs code in the pod, without changing its image or command.

Remedy: remove the variable or flag, and put the git it needs into the image

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: content
    spec:
      containers:
        - name: git-sync
          image: registry.k8s.io/git-sync/git-sync:v4.4.2
          env:
            - {name: GITSYNC_GIT, value: /scripts/fetch.sh}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: content
    spec:
      containers:
        - name: git-sync
          image: registry.k8s.io/git-sync/git-sync:v4.4.2
          env:
            - {name: GITSYNC_REPO, value: https://git.shop.example/content.git}

Options:
    allow: programs that may stand in for git

Sources:
    git-sync manual, `--git`, $GITSYNC_GIT
"""

from collections.abc import Iterator

from kubelint_py.authoring import Container, Node, Problem, Problems, rule

VARIABLES = frozenset({"GITSYNC_GIT", "GIT_SYNC_GIT"})
FLAGS = ("--git", "-git")
USUAL = ("git", "/usr/bin/git")


@rule(severity="medium", since="0.1", tags=("CKV_K8S_159",))
def check(container: Container, *, allow: tuple[str, ...] = USUAL) -> Problems:
    """Yield a problem for a variable or a flag that names another program."""
    for variable in container.node.at("env").items():
        name = variable.at("name").as_str
        if name in VARIABLES and (variable.at("valueFrom").present or variable.at("value").value not in (*allow, "")):
            yield Problem(variable, f"container {container.name!r} has {name}, which replaces the git of git-sync")
    for item in flags(container):
        if item.value not in (flag + "=" + program for flag in FLAGS for program in allow):
            yield Problem(item, f"container {container.name!r} replaces the git of git-sync with a flag")


def flags(container: Container) -> Iterator[Node]:
    """Yield the flags of git-sync that name the program; other images may mean something else by them."""
    image = container.node.at("image").as_str or ""
    if image.partition("@")[0].rpartition("/")[2].partition(":")[0] == "git-sync":
        for field in ("command", "args"):
            for item in container.node.at(field).items():
                if (item.as_str or "").startswith(tuple(flag + "=" for flag in FLAGS)):
                    yield item
