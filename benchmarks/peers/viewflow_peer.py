"""Viewflow on the same work: cases of five approvals, and one question to forty people.

Run by `make bench` with an interpreter of its own: `viewflow_peer.py DATABASE CASES PEOPLE`. Each
approval is loaded, assigned, started and executed in a transaction of its own, as its views do; its
rows of tasks are its history, with who did them and when.
"""

from __future__ import annotations

import json
import sys
import time

import django
from django.conf import settings
from django.core.management import call_command

DATABASE, CASES, PEOPLE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
STEPS = 5

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "viewflow",
        "viewflow.workflow",
        "viewflow_app",
    ],
    USE_TZ=True,
    SECRET_KEY="measured on this machine only",  # noqa: S106 -- nobody signs in
)
django.setup()
call_command("migrate", verbosity=0)

from django.contrib.auth.models import User  # noqa: E402 -- Django is set up first
from django.db import transaction  # noqa: E402
from viewflow.workflow.models import Process, Task  # noqa: E402
from viewflow_app.flows import Five, asking  # noqa: E402

Many = asking(PEOPLE)


def approve(number: int, user: User) -> None:
    """One approval: load, assign, start, execute; the next tasks are there afterwards."""
    with transaction.atomic():
        task = Task.objects.select_for_update().get(pk=number)
        activation = task.flow_task.activation_class(task)
        activation.assign(user)
        activation.start(None)
        activation.execute()


def waiting(process: Process) -> list[int]:
    """The approvals of a case that somebody may give now."""
    found = Task.objects.filter(process_id=process.pk, status="NEW", flow_task_type="HUMAN")
    return list(found.values_list("pk", flat=True))


def measured() -> dict[str, float]:
    """Approvals a second, by the clock and by the processor, for both kinds of work."""
    user = User.objects.create_user("somebody")
    found = {}
    for name, kind, cases, each in (("five", Five, CASES, STEPS), ("forty", Many, 1, PEOPLE)):
        begun = [kind.start.run() for _ in range(cases)]
        began, used = time.perf_counter(), time.process_time()
        done = 0
        for process in begun:
            while numbers := waiting(process):
                for number in numbers:
                    approve(number, user)
                    done += 1
        took, spent = time.perf_counter() - began, time.process_time() - used
        assert done == cases * each, (name, done)
        found[name], found[f"{name}_cpu"] = done / took, done / spent
    return found


print(json.dumps(measured()))
