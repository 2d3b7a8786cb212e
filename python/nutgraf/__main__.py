"""The command ``nutgraf``, which the wheel installs."""

import os
import signal
import sys

from nutgraf._nutgraf import _run


def main() -> None:
    """Run the program and exit with its status."""
    # Ctrl-C should end the program at once; Python would wait for the call to return.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = _run(["nutgraf", *sys.argv[1:]])
    # The program has written and flushed its output, so the interpreter need not shut down.
    os._exit(status)


if __name__ == "__main__":
    main()
