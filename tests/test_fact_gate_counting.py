"""Numbers that follow from a line without standing in it, each beside one that does not."""

import pytest

from tests.test_fact_gate_rewording import verdict_of


@pytest.mark.parametrize(
    ("original", "same", "other"),
    [
        pytest.param(
            "Got missed checkpoints down from 15 a month to 3 with new tags",
            "Reduced missed checkpoints by 80%, from 15 to 3 a month, with new tags",
            "Reduced missed checkpoints by 80%, from 15 to 3 a week, with new tags",
            id="a rate at the other end of a pair",
        ),
        pytest.param(
            "Brought clean time down from 40 minutes to 30 with stocked carts",
            "Cut clean time by 25%, from 40 minutes to 30, with stocked carts",
            "Cut clean time by 30%, from 40 minutes to 30, with stocked carts",
            id="a pair with one unit",
        ),
        pytest.param(
            "Brought the load down from 3 hours to 45 minutes by switching to models",
            "Cut the load by 75%, from 3 hours to 45 minutes, by switching to models",
            "Raised the load by 75%, from 3 hours to 45 minutes, by switching to models",
            id="a pair in two units",
        ),
        pytest.param(
            "Cut my callback rate from 9% to 4% with a full check",
            "Cut my callback rate by more than half, from 9% to 4%, with a full check",
            "Cut my callback rate by more than two thirds, from 9% to 4%, with a full check",
            id="more than half",
        ),
        pytest.param(
            "Automated 8 reports with Python, saving about 2 days of manual work each month",
            "Automated 8 reports with Python, saving about 24 days of manual work a year",
            "Automated 8 reports with Python, saving about 42 days of manual work a year",
            id="a rate for another period",
        ),
        pytest.param(
            "Moved stored procedures to dbt with two other engineers",
            "As one of three engineers, moved stored procedures to dbt",
            "As one of four engineers, moved stored procedures to dbt",
            id="one of all",
        ),
        pytest.param(
            "Plan and moderate 6 usability studies per quarter",
            "Plan and moderate 6 usability studies a quarter",
            "Plan and moderate 6 usability studies, a quarter of them remote",
            id="a quarter of a year",
        ),
        pytest.param(
            "Plan and moderate 6 usability studies per quarter",
            "Plan and moderate 24 usability studies a year",
            "Plan and moderate 24 usability studies a month",
            id="a rate for a quarter",
        ),
        pytest.param(
            "Followed 40 volunteers for 12 months",
            "Followed 40 volunteers for one year",
            "Followed 40 volunteers for one decade",
            id="twelve months are a year",
        ),
        pytest.param(
            "Ran the bar for a year",
            "Ran the bar for 12 months",
            "Ran the bar for 18 months",
            id="a year is twelve months",
        ),
        pytest.param(
            "Saw 15 patients a day",
            "Saw 15 patients each day",
            "Saw 15 patients in 24 hours",
            id="a day of a rate is no 24 hours",
        ),
        pytest.param(
            "Trained in the pastry section for 18 months",
            "Trained in the pastry section for one and a half years",
            "Trained in the pastry section for two and a half years",
            id="and a half",
        ),
        pytest.param(
            "Taught maths to four classes in Years 7 to 9",
            "Taught maths to four Year 7-9 classes",
            "Taught maths to nine Year 7-9 classes",
            id="years of a school",
        ),
        pytest.param(
            "Checked the van every morning",
            "Did daily van checks",
            "Did hourly van checks",
            id="every morning is daily",
        ),
        pytest.param(
            "Arrears fell from 6.1% to 3.4% in 18 months with calls",
            "Arrears dropped from 6.1% to 3.4% over 18 months through calls",
            "Arrears dropped from 6.1% to 3.4%, after over 18 months of calls",
            id="over a time and by what means",
        ),
        pytest.param(
            "Arrears fell from 6.1% to 3.4% in 18 months",
            "Arrears dropped from 6.1% to 3.4% within a year and a half",
            "Arrears dropped from 6.1% to 3.4% within a month and a half",
            id="a year and a half",
        ),
        pytest.param(
            "Cut waste by 25% with better planning",
            "Cut waste by a quarter with better planning",
            "Cut waste by a third with better planning",
            id="a quarter as a part",
        ),
        pytest.param(
            "Count the drawer twice a shift; never off by more than a dollar",
            "Count the drawer twice a shift, never off by more than $1",
            "Count the drawer twice a shift, never off by more than $5",
            id="a dollar",
        ),
        pytest.param(
            "Raised our average review from 4.4 to 4.8 in two seasons",
            "Lifted the average review from 4.4 to 4.8 over two seasons",
            "Lifted the average review from 4.4 to 4.8 over three seasons",
            id="over some seasons",
        ),
        pytest.param(
            "Supervise 11 room attendants and 2 housemen on the day shift",
            "Supervise a day-shift team of 13 (11 room attendants and 2 housemen)",
            "Supervise a day-shift team of 30 (11 room attendants and 2 housemen)",
            id="a team of both",
        ),
        pytest.param(
            "Taught 7th grade life science and 10th grade chemistry",
            "Taught life science (grade 7) and chemistry (grade 10)",
            "Taught life science (grade 8) and chemistry (grade 10)",
            id="a grade by its number",
        ),
        pytest.param(
            "Helped fold about 500 lbs of linen a day",
            "Helped fold around 500 pounds of linen per day",
            "Helped fold around 900 pounds of linen per day",
            id="pounds of weight",
        ),
        pytest.param(
            "Sold tickets for £500 a day", "Sold 500 pounds of tickets a day", "Sold tickets for $500 a day",
            id="pounds of money",
        ),
    ],
)  # fmt: skip
def test_a_number_that_follows_from_a_line_stands_and_another_does_not(original: str, same: str, other: str) -> None:
    assert verdict_of(original, same) != "block"
    assert verdict_of(original, other) == "block"


def test_the_third_of_something_is_not_three_of_it() -> None:
    original = "Planned lessons for the third grade"

    assert verdict_of(original, "Planned lessons for 3rd grade") != "block"
    assert verdict_of(original, "Planned lessons for three grades") == "block"


@pytest.mark.parametrize(
    ("original", "proposed", "stands"),
    [
        ("Raised $60,000 against a goal of $50,000", "Raised $60,000, 120% of the goal", True),
        ("Raised $60,000 against a goal of $50,000", "Exceeded the goal by 20%, raising $60,000", True),
        ("Raised $60,000 against a goal of $50,000", "Exceeded the goal by 25%, raising $60,000", False),
        ("Raised $40,000 against a goal of $50,000", "Reached 80% of the goal, raising $40,000", True),
        ("Raised $40,000 against a goal of $50,000", "Exceeded the goal by 20%, raising $40,000", False),
        ("Raised $60,000 and spent $50,000", "Raised 120% of the goal", False),
    ],
)
def test_how_much_of_a_goal_was_reached_follows_from_both(original: str, proposed: str, stands: bool) -> None:
    assert (verdict_of(original, proposed) != "block") is stands


@pytest.mark.parametrize(
    ("original", "proposed", "stands"),
    [
        ("Saw 1,200 visitors over 5 days", "Saw 1,200 visitors over 5 days, about 240 a day on average", True),
        ("Saw 1,200 visitors over 5 days", "Saw 1,200 visitors over 5 days, about 270 a day on average", False),
        ("Saw 1,200 visitors over 5 days", "Saw 1,200 visitors over 5 days, about 240 an hour on average", False),
        ("Mapped 2,500 poles in 10 weeks", "Mapped about 250 poles a week in 10 weeks", True),
        ("Mapped 2,500 poles and slept 10 weeks", "Mapped 250 poles a week", False),
    ],
)
def test_an_amount_for_some_time_has_an_average(original: str, proposed: str, stands: bool) -> None:
    assert (verdict_of(original, proposed) != "block") is stands
