"""A chart is read from a table: the table comes to what the chart itself does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from governance.lifecycle import Lifecycle, fire, run
from governance.refusals import Refused
from tests.lifecycles.facts import FACTS, OF_ONE_CHART
from tests.lifecycles.test_charts import CHARTS


@pytest.mark.parametrize("chart", CHARTS)
def test_the_table_of_a_chart_comes_to_what_the_chart_itself_does(
    chart: type[Lifecycle],
) -> None:
    """From every state, for every event and its facts: the same target, or the same refusal."""

    def told(fires: Callable[..., str], state: str, event: str, facts: object) -> object:
        try:
            return fires(chart, state, event, facts)
        except Refused as refused:
            return (refused.reason, [str(each) for each in refused.findings])
        except AttributeError as error:
            return str(error)  # facts of another kind than the event is asked with

    for state, event in product(map(str, chart.states_map), chart.authority):
        for facts in OF_ONE_CHART.get((chart.__name__, event), FACTS.get(event, [None])):
            assert told(fire, state, event, facts) == told(run, state, event, facts)
