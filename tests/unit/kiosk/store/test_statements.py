"""Every statement of a filing uses an index: the store answers alike with a thousand requests and with a million."""

from pathlib import Path

import pytest

from kiosk.store import (
    change_rows,
    configuration_rows,
    day_rows,
    figure_rows,
    finding_rows,
    journal_rows,
    listing_rows,
    merge_rows,
    place_rows,
    presentation_rows,
    request_rows,
    staff_rows,
)
from kiosk.store.prepared import Prepared
from tests.fakes.stores import a_store

STATEMENTS = [
    pytest.param(value, id=f"{module.__name__.rpartition('.')[2]}{name}")
    for module in (
        journal_rows,
        request_rows,
        change_rows,
        configuration_rows,
        day_rows,
        place_rows,
        presentation_rows,
        staff_rows,
        figure_rows,
        finding_rows,
        listing_rows,
        merge_rows,
    )
    for name, value in vars(module).items()
    if isinstance(value, Prepared)
]
# Reading the whole chain from the first entry on is what verification and an export do.
WHOLE = ("_ANY_AFTER", "configuration_rows_LATEST", "_NEXT_PLACE", "_WITNESSES", "_JOBS_IN", "_HISTORY", "_ACCOUNTS")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_of_a_visit_walks_through_a_table(
    statement: Prepared, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The planner searches or uses an index made for the question; it never scans requests, filings or entries."""
    connection = a_store(tmp_path)._readers.take()
    empty = [None] * statement.text.count("?")

    plan = " | ".join(row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement.text}", empty))

    if not request.node.callspec.id.endswith(WHOLE):
        # A list that came with the question is a "virtual table"; reading it is no walk.
        scans = [step for step in plan.split(" | ") if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
        assert all("USING" in step and "INDEX" in step for step in scans), plan


def plan_of(statement: Prepared, folder: Path) -> list[str]:
    """Return how SQLite means to answer a statement, step by step."""
    connection = a_store(folder)._readers.take()
    nothing = [None] * statement.text.count("?")
    return [row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement.text}", nothing)]


def test_rare_entries_are_found_without_reading_the_journal(tmp_path: Path) -> None:
    """The staff screen asks for incidents while the journal grows for years; a filing pays nothing for their index."""
    plan = plan_of(journal_rows._NEWEST_OF, tmp_path)
    assert any("ix_journal_entries_type_seq" in step for step in plan), plan


def test_who_is_next_is_read_from_the_index_of_those_who_wait(tmp_path: Path) -> None:
    """In its order, without sorting, and without looking at other days."""
    plan = plan_of(place_rows._NEXT, tmp_path)

    assert "SEARCH places USING INDEX ix_places_waiting (civil_date=?)" in plan
    assert not any("ORDER BY" in step for step in plan)


def test_the_history_of_a_request_is_found_without_reading_the_journal(tmp_path: Path) -> None:
    """An agent opens a file while the journal grows for years."""
    plan = plan_of(journal_rows._RARE_ABOUT, tmp_path)

    assert any("ix_journal_entries_subject_seq" in step for step in plan), plan


def test_figures_look_up_the_calls_of_each_arrival_and_read_no_journal(tmp_path: Path) -> None:
    """Days along the index of their filings, calls along that of rare entries about a request."""
    plan = plan_of(figure_rows._ARRIVALS, tmp_path)

    assert any(step.startswith("SEARCH filings USING INDEX") and "filed_on" in step for step in plan), plan
    for alias in ("call", "later"):
        assert any(f"SEARCH {alias} USING INDEX ix_journal_entries_subject_seq" in step for step in plan), plan


def test_every_question_of_finding_has_an_index_of_its_own(tmp_path: Path) -> None:
    """In its order, without sorting: the first fifty are read and no more."""
    connection = a_store(tmp_path)._readers.take()
    for statement, index in (
        (finding_rows._NAME_BEGINS, "ix_requests_search_name"),
        (finding_rows._USAGE_NAME_BEGINS, "ix_requests_search_usage_name"),
        (finding_rows._CONSONANTS_BEGIN, "ix_requests_search_consonants"),
        (finding_rows._PHONE_BEGINS, "ix_requests_phone"),
        (finding_rows._NUMBER_BEGINS, "ix_requests_foreigner_number"),
        (finding_rows._REFERENCE_BEGINS, "reference"),
    ):
        values = [None] * statement.text.count("?")
        plan = [row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement.text}", values)]

        assert len(plan) == 1
        assert "SEARCH" in plan[0]
        assert index in plan[0]


def test_witnesses_are_merged_and_not_sorted_in_memory(tmp_path: Path) -> None:
    """A million filings are read along their index."""
    connection = a_store(tmp_path)._readers.take()

    statement = journal_rows._WITNESSES.text

    plan = [row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement}", [""] * statement.count("?"))]

    assert any("MERGE" in step for step in plan)
    assert any("uq_filings_origin_journal_seq" in step or "sqlite_autoindex_filings" in step for step in plan)


def test_the_list_of_all_requests_is_walked_along_its_index_in_both_directions(tmp_path: Path) -> None:
    """In its order, without sorting, and each row looked up by keys: a page far down costs what the first does."""
    connection = a_store(tmp_path)._readers.take()
    for statement in (
        listing_rows._NEWEST_FIRST,
        listing_rows._OLDEST_FIRST,
        listing_rows._STEP_BACK,
        listing_rows._STEP_ON,
    ):
        values = [None] * statement.text.count("?")
        plan = [row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement.text}", values)]

        assert plan[0].startswith("SEARCH filings USING")
        assert "(origin=? AND journal_seq" in plan[0]
        assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), plan


def test_a_day_is_found_without_reading_the_days_before_it(tmp_path: Path) -> None:
    """The list of one day begins where that day begins."""
    connection = a_store(tmp_path)._readers.take()
    for statement in (listing_rows._FIRST_SINCE, listing_rows._LAST_UNTIL):
        plan = [row[3] for row in connection.rows(f"EXPLAIN QUERY PLAN {statement.text}", [None])]

        assert all(step.startswith(("SEARCH", "SCALAR")) for step in plan), plan
        assert all("filed_on" in step for step in plan if step.startswith("SEARCH")), plan
