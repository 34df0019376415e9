"""A process that does not outlive the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT = "MANDATE_PARENT"


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, however that ends."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # In a container the parent may well be process 1: only its own number says whether it is there.
    parent = os.environ.get(PARENT)
    if parent is not None and os.getppid() != int(parent):  # gone before the kernel was asked
        raise SystemExit(1)
