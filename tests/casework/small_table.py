"""A table of risk that can be counted in one's head."""

from datetime import date

from sunward.casework.risk_tables import Indicator, IndicatorGroup, RiskTable, Trigger

SMALL = RiskTable(
    version="old",
    valid_from=date(2024, 1, 1),
    source="test",
    groups=(
        IndicatorGroup("a", "A", (Indicator("one", "eins", 1), Indicator("two", "zwei", 2))),
        IndicatorGroup("b", "B", (Indicator("four", "vier", 4),)),
    ),
    triggers=(Trigger("now", "jetzt"),),
    medium_from=3,
    high_from=5,
)
