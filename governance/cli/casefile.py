"""How a case reads on the command line."""

from __future__ import annotations

from governance.appointments.telling import Plain
from governance.cli.saying import line, table, words


def show_case(told: Plain) -> None:
    """The whole of what the reader may see of a case."""
    line(f"{told['reference']}  {words(told['post_title'])}  ({told['grade']}, {told['state']})")
    if told.get("stuck"):
        line(f"It is stuck and waits for an operator: {told['stuck']}")
    _stages(told)
    for question in told["consultations"]:
        show_question(question)
    _candidates(told)
    _documents(told)
    _tasks(told)


def show_question(told: Plain) -> None:
    """A question: who was asked, what may be answered, what came of it."""
    line(f"\n{words(told['question'])}  ({told['step']}, round {told['round']}, {told['state']})")
    line(f"  {told['kind']}, {told['article']}; papers in version {told['content_version']}")
    for each in told["about"]:
        line(f"  About {each['name']}")
    for each in told["asked"]:
        line(f"  {each['name']}{_capacity(each)}: {_said(each)}")
    if told["outcome"]:
        line(f"  Outcome: {told['outcome']['result']}. {'; '.join(told['outcome']['working'])}.")
        return
    for each in told["candidates"]:
        line(f"  Candidate {each['candidacy']}  {each['name']} ({each['nationality']})")
    for each in told["positions"]:
        line(f"  --position {each['key']}{_takes(each)}: {words(each['title'])}")


def show_findings(told: Plain) -> None:
    """The candidates with what each rule of eligibility says of them."""
    candidates = told.get("candidates", ())
    if not candidates:
        line("No candidates.")
    for each in candidates:
        line(f"{each['name']} ({each['nationality']}): {each['state'].replace('_', ' ')}")
        for finding in each["findings"]:
            line(f"  {finding['outcome']}: {finding['because']} ({finding['rule']})")


def _stages(told: Plain) -> None:
    done = {stage["key"] for stage in told["stages"] if stage["passed_at"]}
    marks = []
    for stage in told["stages"]:
        here = stage["key"] == told["stage"]
        marks.append(f"[{stage['key']}]" if here else stage["key"] + "✓" * (stage["key"] in done))
    line("  " + " → ".join(marks))


def _candidates(told: Plain) -> None:
    rows = [
        (
            each["candidacy"],
            each["name"],
            each["nationality"],
            each["state"].replace("_", " "),
            f"{_closed(each)} of {len(each['checks'])}" if each["checks"] else "",
        )
        for each in told.get("candidates", ())
    ]
    if rows:
        line("\nCandidates:")
        table(("Candidacy", "Name", "Country", "State", "Checks closed"), rows)


def _closed(candidate: Plain) -> int:
    return sum(check["closed_at"] is not None for check in candidate["checks"])


def _documents(told: Plain) -> None:
    rows = [
        (each["number"], each["kind"], each["language"], each["id"])
        for each in told.get("documents", ())
    ]
    if rows:
        line("\nDocuments:")
        table(("Number", "Kind", "Language", "Id"), rows)


def _tasks(told: Plain) -> None:
    rows = [
        (each["key"], words(each["title"]), each["due_on"], "done" if each["done_at"] else "open")
        for each in told.get("tasks", ())
    ]
    if rows:
        line("\nTasks:")
        table(("Task", "What", "Due", "State"), rows)


def _capacity(asked: Plain) -> str:
    return f" ({asked['capacity'].replace('_', ' ')})" if asked["capacity"] else ""


def _said(asked: Plain) -> str:
    if asked["answered"]:
        position = str(asked.get("position", "answered")).replace("_", " ")
        return f"{position}: {asked['text']}" if asked.get("text") else position
    if asked["last_day"]:
        return f"not answered yet, until {asked['last_day']}"
    return "not reached yet" if not asked["handed_over_at"] else "not answered yet"


def _takes(position: Plain) -> str:
    least, most = position["choose_at_least"], position["choose_at_most"]
    choose = f" --choose CANDIDACY ({least} to {most})" if most else ""
    return choose + (" --text REASON" if position["needs_text"] else "")
