"""The names that a rulebook may use: rules with their parameters, checks, tasks, effects.

A rulebook has no free expressions. It names rules; the rooms above register a function under each
name and pass what they know down as a `Vocabulary`. The linter lists what is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LANGUAGES = ("ar", "en", "es", "fr")
DEGREES = ("secondary", "bachelor", "master", "doctorate")


@dataclass(frozen=True)
class Parameter:
    """A number or a list that the organisation gives a rule."""

    name: str
    sort: str  # a key of SORTS
    sentence: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Predicate:
    """A named rule: which verb may use it, what it says, and what it must be given."""

    name: str
    verb: str
    sentence: str
    parameters: tuple[Parameter, ...] = ()


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _listed(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(x, str) for x in value)


SORTS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "whole": ("a whole number, such as 15", _whole),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "name": ("one name", lambda value: isinstance(value, str)),
    "names": ("a list of names, such as [en, fr]", _listed),
}

PREDICATES = (
    Predicate("member_nationality", "sift", "The candidate is a national of a member country."),
    Predicate(
        "official_languages",
        "sift",
        "The candidate works in the required languages, and in enough official ones.",
        (
            Parameter("required", "names", "languages that each candidate has", choices=LANGUAGES),
            Parameter("at_least", "whole", "how many official languages in all", required=False),
        ),
    ),
    Predicate(
        "years_of_experience",
        "sift",
        "The candidate has served long enough in a relevant function.",
        (Parameter("at_least", "whole", "full years"),),
    ),
    Predicate(
        "degree",
        "sift",
        "The candidate holds a degree of the level required.",
        (Parameter("at_least", "name", "lowest degree accepted", choices=DEGREES),),
    ),
    Predicate(
        "age_limit",
        "sift",
        "The candidate is under the age limit on entry on duty.",
        (Parameter("under", "whole", "age in years not reached on entry on duty"),),
    ),
    Predicate(
        "distinct_countries",
        "weigh",
        "No two of those weighed are nationals of the same country.",
        (Parameter("at_most", "whole", "how many of one country", required=False),),
    ),
    Predicate(
        "distinct_regions",
        "weigh",
        "Those weighed come from as many regions as there are, or as are asked for.",
        (Parameter("at_least", "whole", "how many regions", required=False),),
    ),
    Predicate(
        "panel_size",
        "panel",
        "The panel has as many members as it must have, and no more than it may.",
        (
            Parameter("at_least", "whole", "the fewest members"),
            Parameter("at_most", "whole", "the most members", required=False),
        ),
    ),
    Predicate(
        "panel_outside_member",
        "panel",
        "Enough members come from outside the unit that recruits.",
        (Parameter("at_least", "whole", "how many from outside"),),
    ),
    Predicate(
        "panel_both_sexes",
        "panel",
        "Women and men sit on the panel, each in sufficient number.",
        (Parameter("at_least", "whole", "how many of each", required=False),),
    ),
    Predicate(
        "panel_countries",
        "panel",
        "The members come from enough different countries.",
        (Parameter("at_least", "whole", "how many countries"),),
    ),
    Predicate(
        "panel_no_kinship", "panel", "No member is related to a candidate or to another member."
    ),
    Predicate(
        "panel_no_line_of_report",
        "panel",
        "No member stands in a line of report with a candidate or with another member.",
    ),
    Predicate(
        "panel_not_candidates_nationality",
        "panel",
        "No member is a national of the same country as a candidate.",
    ),
    Predicate(
        "panel_trained",
        "panel",
        "Each member was trained in interviewing, and not too long ago.",
        (Parameter("months", "whole", "how many months a training is good for"),),
    ),
    Predicate("checks_closed", "issue", "Every check of the candidate is closed and still valid."),
)

NEEDS = frozenset({"emergency_grounds", "funding_confirmed", "job_description"})
SOURCES = frozenset({"nominations", "applications"})
CHECKS = frozenset(
    {
        "criminal_record",
        "degrees",
        "employment",
        "financial_disclosure",
        "home_agreement",
        "human_rights",
        "identity",
        "interests",
        "languages",
        "medical",
        "misconduct",
        "nationality",
        "references",
        "security",
    }
)
SELECTIONS = frozenset({"cleared", "shortlisted"})
TASKS = frozenset({"travel", "oath", "handover"})
EFFECTS = frozenset({"holding", "regret_letters", "roster", "service"})
ROLES = frozenset({"launcher", "chosen", "candidate", "any", "panel"})
ASSESSED_BY = frozenset({"application", "interview", "references", "test"})
GRANTS = frozenset({"hr_officer"})
TEMPLATES = frozenset({"letters/appointment", "letters/regret"})

# What the format can say and the rooms above do not carry out is refused here, not passed over:
# (part, name) and the values that are carried out. A room that learns more adds to it.
CARRIED_OUT: Mapping[tuple[str, str], frozenset[object]] = {
    ("Check", "answered_by"): frozenset({"officer", "referee", "home_administration"}),
    ("Deadline", "anchor"): frozenset({"delivery", "opening"}),
    ("Deadline", "not_reached"): frozenset({"no_consent"}),
    ("End", "anchor"): frozenset({"delivery", "opening"}),
    ("Sift", "refused"): frozenset({"needs_reason"}),
}


@dataclass(frozen=True)
class Vocabulary:
    """What an installation can do, as plain data. The defaults are what this product ships."""

    predicates: tuple[Predicate, ...] = PREDICATES
    needs: frozenset[str] = NEEDS
    sources: frozenset[str] = SOURCES
    checks: frozenset[str] = CHECKS
    selections: frozenset[str] = SELECTIONS
    tasks: frozenset[str] = TASKS
    effects: frozenset[str] = EFFECTS
    roles: frozenset[str] = ROLES
    grants: frozenset[str] = GRANTS
    assessed_by: frozenset[str] = ASSESSED_BY
    templates: frozenset[str] = TEMPLATES
    carried_out: Mapping[tuple[str, str], frozenset[object]] = field(
        default_factory=lambda: CARRIED_OUT
    )
    _by_name: dict[str, Predicate] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {each.name: each for each in self.predicates}
        object.__setattr__(self, "_by_name", by_name)

    def predicate(self, name: str) -> Predicate | None:
        """The rule of this name."""
        return self._by_name.get(name)

    def names_for(self, verb: str) -> list[str]:
        """The names of the rules that a verb may use."""
        return [each.name for each in self.predicates if each.verb == verb]


SHIPPED = Vocabulary()
