"""Statements are compiled when they are first used, or all at once while nobody waits."""

import pytest
import sqlalchemy as sa

from kiosk.store.prepared import Prepared, compile_statements

A_TABLE = sa.Table("things", sa.MetaData(), sa.Column("name", sa.String), sa.Column("kind", sa.String))


def test_a_statement_is_compiled_once_and_not_before_it_is_needed() -> None:
    statement = Prepared(sa.select(A_TABLE.c.name).where(A_TABLE.c.kind == "green"))
    assert "_compiled" not in vars(statement)

    first = statement.text

    assert first == "SELECT things.name \nFROM things \nWHERE things.kind = ?"
    assert statement.text is first


def test_all_that_wait_are_made_ready_while_nobody_waits() -> None:
    statement = Prepared(sa.insert(A_TABLE))

    compile_statements()

    assert "_compiled" in vars(statement)
    compile_statements()  # nothing is left


def test_what_is_no_statement_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="cannot be compiled"):
        Prepared("SELECT 1")  # type: ignore[arg-type]
