"""Entry point. The version is answered before anything else is imported."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper

from kubelint_py import __version__


def main() -> None:
    """Run the command line.

    What is imported and read lives until the end, so the cyclic collector would walk it in vain: again and
    again while it grows, and a last time at exit.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kubelint {__version__}\n")
        return
    gc.disable()
    from kubelint_py.cli import cli  # noqa: PLC0415  click is most of start-up

    _write_everything()
    try:
        cli(prog_name="kubelint")
    finally:
        gc.freeze()


def _write_everything() -> None:
    """Escape what an encoding such as Windows' cannot hold, instead of failing at it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
