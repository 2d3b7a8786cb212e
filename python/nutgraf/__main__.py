"""The command ``nutgraf``: the whole program, as the wheel installs it."""

import os
import signal
import sys

from nutgraf._nutgraf import _run


def main() -> None:
    """Run the program and exit with its status."""
    # The program ends on Ctrl-C like any other; Python would wait for the call to return.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    launcher = [sys.executable, "-m", "nutgraf"]
    status = _run(launcher, ["nutgraf", *sys.argv[1:]])
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
