"""The command ``nutgraf``: the whole program, as the wheel installs it."""

import os
import signal
import sys

from nutgraf._nutgraf import _run


def main() -> None:
    """Run the program and exit with its status."""
    # Ctrl-C ends the program as it ends any other; Python would wait for the call to return.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = _run(["nutgraf", *sys.argv[1:]])
    # The program has written and flushed its output; nothing of the interpreter is left to do.
    os._exit(status)


if __name__ == "__main__":
    main()
