"""Five approvals, and one question to many people, as flows."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


def view(_request: object) -> None:
    """A page that nobody opens here."""


class Five(flow.Flow):
    """Five approvals, one after the other."""

    process_class = Process

    start = flow.StartHandle(this.begin).Next(this.step1)
    step1 = flow.View(view).Next(this.step2)
    step2 = flow.View(view).Next(this.step3)
    step3 = flow.View(view).Next(this.step4)
    step4 = flow.View(view).Next(this.step5)
    step5 = flow.View(view).Next(this.end)
    end = flow.End()

    def begin(self, activation: object) -> object:
        """Begin a case."""
        return activation.process


def asking(people: int) -> type:
    """One question to many people, a branch each; it goes on when all have answered."""
    names = [f"person{number}" for number in range(people)]
    split = flow.Split()
    for name in names:
        split = split.Next(getattr(this, name))
    nodes = {
        "__doc__": "One question to many people.",
        "process_class": Process,
        "start": flow.StartHandle(this.begin).Next(this.split),
        "begin": lambda _, activation: activation.process,
        "split": split,
        **{name: flow.View(view).Next(this.join) for name in names},
        "join": flow.Join().Next(this.end),
        "end": flow.End(),
    }
    made = type("Many", (flow.Flow,), {**nodes, "__module__": __name__})
    globals()["Many"] = made  # tasks name their flow by module and class
    return made
