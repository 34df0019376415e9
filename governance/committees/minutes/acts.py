"""Who does what in the text of minutes: moves, seconds, speaks, leaves, comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.minutes.listing import LEADING
from governance.committees.minutes.printed import (
    JOINED,
    LEFT,
    MOVED,
    RECUSED,
    SECONDED,
    SPOKE,
    Act,
    OfficeClaim,
)

BIG = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞİĶŁŃŇŌŐŒŘŚŠŞŢŤŪŮŰŹŻŽ]"
PART = rf"(?:{BIG}\.|{BIG}[\w'’\-]*)"
LINK = r"(?:de|da|do|dos|del|della|der|den|des|di|du|van|von|la|le|bin|ibn|al|el|ben|ter|ten|zu)"
TITLE = r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|M|Mme|Sr|Sra|Cllr|Hon|Amb)\.?\s+)?"
NAME = TITLE + rf"{PART}(?:\s+(?:{LINK}\s+)?{PART})" + r"{0,3}"
OF = (
    r"(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[Gg]overnment\s+)?(?:[Rr]epresentatives?|[Dd]elegate|[Dd]elegation)"
    r"\s+(?:of|from|for)\s+(?:the\s+)?"
)
WHO = rf"(?P<who>{OF}{NAME}|{NAME})"
BY = r"(?:\s+(?:was|were|is))?(?:\s+made)?\s+by\s*:?\s+"
TITLED = (
    r"(?:(?:the\s+)?(?:[Cc]hair(?:man|woman|person)?|[Vv]ice[- ][Cc]hair|[Pp]resident|[Dd]irector|"
    r"[Cc]ouncil\s?(?:[Mm]ember|man|woman)|[Cc]ommissioner|[Tt]rustee|[Mm]ember|[Ss]upervisor|"
    r"[Mm]ayor|[Aa]lder\w+|[Dd]elegate|[Ss]enator|[Rr]epresentative)\s+)?"
)
ASIDE = r"(?:\s*\([^)]{2,60}\))?"
MOVERS = tuple(
    re.compile(each)
    for each in (
        rf"(?i:\b(?:moved|motioned|motion|proposed|introduced|sponsored)){BY}{TITLED}{WHO}",
        rf"(?i:\bmotion\s+(?:duly\s+made\s+)?(?:of|by|from))\s+{TITLED}{WHO}",
        rf"(?i:\bmotion\b(?:(?!second)[^.;:\n]){{0,160}}?\b(?:by|from))\s+{TITLED}{WHO}",
        (
            rf"{TITLED}{WHO}{ASIDE}\s+(?i:(?:so\s+)?moved\b|moves\b|motioned\b|made\s+(?:a|the)\s+motion\b"
            r"|put\s+forward\s+(?:a|the)\s+motion\b|proposed\s+(?:a|the)\s+motion\b)"
        ),
        rf"(?i:\b(?:proposed|moved)\b:?)\s+{TITLED}{WHO}\s*[,;/]\s*(?i:second)",
        rf"(?i:\b(?:mover|moved|m)\s*:)\s*{TITLED}{WHO}",
        rf"(?i:\bM/?S/?C?\b)[\s:(]*{TITLED}{WHO}\s*(?=[/,])",
        rf"(?i:\bpropos[ée]e?(?:\s+par)?)\s*:?\s+{WHO}",
        rf"{WHO}\s+(?:propose|propone|propuso)\b(?=[^.]{{0,80}}(?:appuy|secundad))",
    )
)
SECONDERS = tuple(
    re.compile(each)
    for each in (
        rf"(?i:\bsecond(?:ed)?){BY}{TITLED}{WHO}",
        rf"(?i:\b(?:a\s+)?second\s+(?:was\s+)?(?:from|by|offered\s+by|provided\s+by))\s+{TITLED}{WHO}",
        rf"{TITLED}{WHO}{ASIDE}\s+(?i:seconded\b|seconds\b|second\b(?!\s+(?:by|from|the\s+\w+\s+time)))",
        rf"(?i:\b(?:seconder|seconded|second|2nd|s)\s*:)\s*{TITLED}{WHO}",
        rf"(?i:[,;/]\s*seconded\b:?)\s+{TITLED}{WHO}",
        rf"(?i:\b2nd(?:ed)?\s+by)\s*:?\s+{TITLED}{WHO}",
        rf"(?i:\bM/?S/?C?\b)[\s:(]*{TITLED}{NAME}\s*[/,]\s*{TITLED}{WHO}",
        rf"(?i:\bappuy[ée]e?\s+par)\s*:?\s+{WHO}",
        rf"(?i:\bsecundad[oa]\s+por)\s*:?\s+{WHO}",
    )
)
SAYS = (
    r"(?:said|says|noted|notes|asked|asks|reported|reports|stated|suggested|suggests|presented|"
    r"presents|explained|explains|commented|expressed|thanked|replied|responded|volunteered|added|"
    r"argued|agreed|disagreed|objected|raised|proposed|proposes|recommended|reminded|requested|"
    r"summari[sz]ed|pointed\s+out|introduced|announced|mentioned|observed|inquired|enquired|"
    r"clarified|confirmed|questioned|remarked|spoke|indicated|emphasi[sz]ed|supported|abstained|"
    r"regretted|welcomed|endorsed|stressed|underlined|acknowledged|urged|echoed|reiterated|"
    r"appreciated|concurred|recalled|warned|deplored|opposed|gave\s+an?\s+\w+|will\s+\w+|outlined|described|moderated|updated|"
    r"(?:a\s+)?(?:présent|demand|précis|indiqu|rappel|propos|expos|expliqu|inform|soulign|remerci)l?(?:e|é)|"
    r"répond|(?:present|inform|pregunt|explic|señal|solicit|indic|manifest|agradec|coment|propus)[oóií]ó?)"
)
HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|MM?|Mme|Mlle|Sr|Sra)\.?\s")
SPEAKS = (
    re.compile(
        rf"(?:^\s*|[.;]\s+|[-*•]\s+){TITLED}{WHO}{ASIDE}\s+(?:also\s+|then\s+|has\s+)?{SAYS}\b"
    ),
    re.compile(rf"^\s*(?:[-*•]\s*)?\*{{0,2}}{WHO}\*{{0,2}}\s*(?:\([^)]*\)\s*)?:\s+\S"),
    re.compile(r"^\s*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?<(?P<who>[\w.\-]+)>\s+\S"),
)
MOVES_ABOUT = (
    (
        LEFT,
        re.compile(
            rf"{WHO}\s+(?:left|leaves|departed|dropped\s+off|had\s+to\s+leave|dropped)\b"
            r"(?!\s+(?:it|this|the\s+(?:question|matter|item|issue)))"
        ),
    ),
    (
        JOINED,
        re.compile(
            rf"{WHO}\s+(?:joined|arrived|joins|arrives|entered|rejoined|returned|came\s+in)\b"
            r"(?!\s+the\s+(?:committee|board|tc|group|project|company|team)\b)"
        ),
    ),
    (
        RECUSED,
        re.compile(rf"{WHO}\s+(?:recused|recuses|was\s+recused|declared\s+a\s+conflict)\b"),
    ),
)
OFFICES = re.compile(
    rf"(?P<what>chair(?:man|woman|person)?|vice[- ]chair|president|presiding(?:\s+officer)?|"
    rf"rapporteur|secretary)\s*:\s*(?P<who>{NAME})",
    re.IGNORECASE,
)
PRESIDES = re.compile(
    rf"(?P<who>{NAME})\s*,\s*(?i:(?:the\s+)?(?P<what>chair(?:man|woman|person)?|president))\s*,"
    r"\s*(?i:called|opened|presided|chaired|welcomed)"
)
LISTED = re.compile(rf"(?P<who>{NAME})\s*\(\s*(?i:(?P<what>chair(?:man|woman|person)?))\s*\)")
_NO_PERSON_WORDS = (
    "the this that these those committee board council chair chairman chairwoman chairperson "
    "commission group tc tsc staff secretariat secretary president members member everyone "
    "nobody all no we it he she they action motion resolution resolved discussion note notes "
    "vote votes item items agenda minutes meeting next new old other public update updates "
    "report reports date time location place present absent attendees guests quorum ayes nays "
    "yes in on at as if decision decisions recommendation recommendations approval result "
    "results background purpose summary status voting working team project treasurer vice "
    "director directors mayor clerk call calls consent and or but there here some several one "
    "two three both each any follow monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december "
    "issue issues proposal proposals question answer comment comments response link links topic "
    "topics section amendment ai todo pr prs le la les il elle on ce cette el los las se un une "
    "m/s m/s/c m/s/p carried approved passed second seconded seconder moved mover roll order to "
    "for by with from of a an re subject http https zoom dial phone presiding officer unanimous "
    "consensus agreed session title participants participant apologies regrets excused "
    "attendance leave observers observer opened closed chaired scribe scribes facilitator host "
    "moderator rapporteur executive"
)
NO_PERSON = frozenset(_NO_PERSON_WORDS.split())


TWO = 2


def clean(who: str) -> str:
    """A captured name without what is around it; empty where it is no person's."""
    name = re.sub(rf"^(?:{OF}|{TITLE})", "", who).strip().rstrip(".,;:").strip()
    words = name.split()
    while words and words[0].casefold().rstrip(".") in NO_PERSON:
        words = words[1:]
    while len(words) > TWO and words[-1].casefold() in NO_PERSON:
        words = words[:-1]
    return " ".join(words)


def mover_in(line: str) -> str:
    """Who moves in this line; empty for nobody."""
    return _first(MOVERS, line)


def seconder_in(line: str) -> str:
    """Who seconds in this line; empty for nobody."""
    return _first(SECONDERS, line)


def _first(patterns: tuple[re.Pattern[str], ...], line: str) -> str:
    for pattern in patterns:
        for found in pattern.finditer(line):
            if name := clean(found["who"]):
                return name
    return ""


def acts_in(number: int, line: str) -> Iterator[Act]:
    """Everything that somebody does in a line."""
    mover, seconder = mover_in(line), seconder_in(line)
    for name, what in ((mover, MOVED), (seconder, SECONDED)):
        if name:
            yield Act(number, name, what, line.strip())
    for what, pattern in MOVES_ABOUT:
        for name in _all(pattern, line):
            yield Act(number, name, what, line.strip(), sure=len(name.split()) > 1)
    for index, pattern in enumerate(SPEAKS):
        for name, called in _named(pattern, line):
            if name not in (mover, seconder):
                sure = index == 0 and (called or len(LEADING.sub("", name).split()) > 1)
                yield Act(number, name, SPOKE, line.strip(), sure=sure)


def _all(pattern: re.Pattern[str], line: str) -> Iterator[str]:
    for found in pattern.finditer(line):
        if name := clean(found["who"]):
            yield name


def _named(pattern: re.Pattern[str], line: str) -> Iterator[tuple[str, bool]]:
    """The names, each with whether it is said with an honorific: only a person can be meant."""
    for found in pattern.finditer(line):
        if name := clean(found["who"]):
            yield name, HONORIFIC.match(found["who"]) is not None


def offices_in(number: int, line: str) -> Iterator[OfficeClaim]:
    """Who is named with an office in a line."""
    for pattern in (OFFICES, PRESIDES, LISTED):
        for found in pattern.finditer(line):
            office = re.sub(r"man$|woman$|person$", "", found["what"].lower())
            name = clean(found["who"])
            if name and len(name.split()) > 1:
                yield OfficeClaim(number, "chair" if "presid" in office else office, name)
