"""SpiffWorkflow on the same work: cases of five approvals, and one question to forty people.

Run by `make bench` with an interpreter of its own: `spiff_peer.py DATABASE CASES PEOPLE`. Each
approval loads its case, completes its task, keeps who gave it and when with the case, and saves the
case, in a transaction of its own. The tree of tasks in it is its history.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import sys
import time

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

DATABASE, CASES, PEOPLE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
STEPS = 5
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def five() -> str:
    """Five approvals, one after the other."""
    names = [f"step{number}" for number in range(1, STEPS + 1)]
    line = ["begin", *names, "end"]
    return _process(names, list(itertools.pairwise(line)), gateways=[])


def many() -> str:
    """One question to many people; it goes on when all have answered."""
    names = [f"person{number}" for number in range(PEOPLE)]
    flows = [("begin", "split"), ("join", "end")]
    flows += [("split", name) for name in names] + [(name, "join") for name in names]
    return _process(names, flows, gateways=["split", "join"])


def _process(tasks: list[str], flows: list[tuple[str, str]], gateways: list[str]) -> str:
    parts = [f'<startEvent id="begin"/><endEvent id="end"/>']  # noqa: F541 -- alike with the others
    parts += [f'<manualTask id="{name}" name="{name}"/>' for name in tasks]
    parts += [f'<parallelGateway id="{name}"/>' for name in gateways]
    parts += [
        f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}"/>'
        for one, other in flows
    ]
    body = "".join(parts)
    return (
        f'<definitions xmlns="{BPMN}" targetNamespace="measured">'
        f'<process id="work" isExecutable="true">{body}</process></definitions>'
    )


def workflow_of(xml: str) -> BpmnWorkflow:
    """A case of a process."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(xml.encode())))
    return BpmnWorkflow(parser.get_spec("work"), parser.get_subprocess_specs("work"))


class Shelf:
    """Cases kept as JSON in SQLite."""

    def __init__(self, path: str) -> None:
        self.rows = sqlite3.connect(path, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode=WAL")
        self.rows.execute("PRAGMA synchronous=FULL")
        self.rows.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT)")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def add(self, case: BpmnWorkflow) -> int:
        """Keep a new case."""
        body = self.serializer.serialize_json(case)
        return int(self.rows.execute("INSERT INTO kept (body) VALUES (?)", (body,)).lastrowid)

    def approve(self, number: int) -> bool:
        """One approval: load, complete, save. False where nothing waits."""
        self.rows.execute("BEGIN IMMEDIATE")
        (body,) = self.rows.execute("SELECT body FROM kept WHERE id=?", (number,)).fetchone()
        case = self.serializer.deserialize_json(body)
        ready = case.get_tasks(state=TaskState.READY, manual=True)
        if ready:
            ready[0].data["approved"] = {"by": "somebody", "at": time.time()}  # noqa: TID251 -- a peer
            ready[0].run()
            case.do_engine_steps()
            body = self.serializer.serialize_json(case)
            self.rows.execute("UPDATE kept SET body=? WHERE id=?", (body, number))
        self.rows.execute("COMMIT")
        return bool(ready)


def measured() -> dict[str, float]:
    """Approvals a second, by the clock and by the processor, for both kinds of work."""
    shelf = Shelf(DATABASE)
    found = {}
    for name, xml, cases, each in (("five", five(), CASES, STEPS), ("forty", many(), 1, PEOPLE)):
        begun = []
        for _ in range(cases):
            case = workflow_of(xml)
            case.do_engine_steps()
            begun.append(shelf.add(case))
        began, used = time.perf_counter(), time.process_time()
        for number in begun:
            for _ in range(each):
                assert shelf.approve(number), name
        took, spent = time.perf_counter() - began, time.process_time() - used
        done = cases * each
        found[name], found[f"{name}_cpu"] = done / took, done / spent
    return found


print(json.dumps(measured()))
