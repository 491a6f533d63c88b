"""Entry point. The version is answered before anything else is imported."""

from __future__ import annotations

import sys

from kubelint_py import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kubelint {__version__}\n")
        return
    from kubelint_py.cli import cli  # noqa: PLC0415  click is most of start-up

    cli(prog_name="kubelint")


if __name__ == "__main__":
    main()
