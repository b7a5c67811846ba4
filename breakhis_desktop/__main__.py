"""`python -m breakhis_desktop` opens the window; `python -m breakhis_desktop classify …` is `breakhis-classify`."""

import sys


def main() -> int:
    """Run the window or the command line, importing only what it needs."""
    if sys.argv[1:2] == ["classify"]:
        from breakhis_desktop.cli import main as classify

        return classify(sys.argv[2:])
    from breakhis_desktop.opening import main as open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
