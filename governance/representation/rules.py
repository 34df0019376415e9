"""Rules of representation: what they say of a composition, with the numbers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from governance.refusals import Answer, Finding, failed, passed, undetermined
from governance.representation.composition import Composition


def distinct_countries(composition: Composition, given: Mapping[str, Any]) -> Answer:
    """No two of those weighed are nationals of the same country."""
    if any(not member.state for member in composition.members):
        return undetermined("a nationality is not on file", cure="Enter it.")
    most = given.get("at_most", 1)
    counts = Counter(member.state for member in composition.members)
    over = sorted(state for state, n in counts.items() if n > most)
    if over:
        return failed(
            "more than {most} from: {states}",
            cure="Choose a candidate of another nationality.",
            most=most,
            states=", ".join(over),
        )
    return passed("{n} people from {states} countries", n=counts.total(), states=len(counts))


def distinct_regions(composition: Composition, given: Mapping[str, Any]) -> Answer:
    """Those weighed come from enough regions."""
    unknown = sorted({m.state for m in composition.members if m.region is None})
    if unknown:
        return undetermined(
            "no region is set for: {states}",
            cure="Set the region of these countries in the rulebook.",
            states=", ".join(unknown),
        )
    need = given.get("at_least", len(composition.members))
    regions = Counter(member.region for member in composition.members)
    counted = ", ".join(f"{region} {n}" for region, n in sorted(regions.items(), key=str))
    if len(regions) >= need:
        return passed("{have} regions: {counted}", have=len(regions), counted=counted)
    return failed(
        "{have} regions where {need} are wanted: {counted}",
        cure="Prefer a candidate from a region that is not there.",
        have=len(regions),
        need=need,
        counted=counted,
    )


RULES: Mapping[str, Callable[[Composition, Mapping[str, Any]], Answer]] = {
    "distinct_countries": distinct_countries,
    "distinct_regions": distinct_regions,
}


def weigh(
    composition: Composition, rules: Sequence[tuple[str, Mapping[str, Any], str]]
) -> list[Finding]:
    """What each named rule says of a composition: (name, its numbers, its article) for each."""
    return [
        Finding(name, article, answer.verdict, answer.because, answer.cure)
        for name, given, article in rules
        for answer in (RULES[name](composition, given),)
    ]
