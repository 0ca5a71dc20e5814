"""Alarms are conclusions from what is known: each trouble gives its own, a kiosk that is well gives none."""

from datetime import timedelta
from typing import Any

import pytest

from kiosk.domain.moment import instant_text
from sync.central.fleet.alarms import Level, alarms_of
from sync.central.fleet.french import ago, counted, duration
from sync.central.fleet.kiosks import KioskView, StreamLine
from sync.central.fleet.looks import contact_look, paper_look
from tests.fakes.fleets import NOW, a_condition

LONG_AGO = NOW - timedelta(days=40)


def a_view(**changes: Any) -> KioskView:
    """A kiosk that is well, unless told otherwise."""
    line = StreamLine("38-A2", 1, 812, LONG_AGO, NOW - timedelta(minutes=1))
    usual: dict[str, Any] = {
        "origin": "38-A2",
        "role": "kiosk",
        "departement": "38",
        "relayed_by": None,
        "registered_at": LONG_AGO,
        "is_revoked": False,
        "streams": (line,),
        "told_at": NOW - timedelta(seconds=40),
        "condition": a_condition(),
        "clock_offset": timedelta(0),
    }
    return KioskView(**(usual | changes))


def kinds(**changes: Any) -> list[tuple[str, Level]]:
    return [(alarm.kind, alarm.level) for alarm in alarms_of([a_view(**changes)], NOW)]


def silent_for(period: timedelta) -> dict[str, Any]:
    return {"told_at": NOW - period, "streams": ()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (silent_for(timedelta(minutes=14)), []),
        (silent_for(timedelta(minutes=16)), [("silent", Level.SOON)]),
        (silent_for(timedelta(hours=25)), [("silent", Level.URGENT)]),
        ({"told_at": None, "streams": (), "condition": None}, [("never_heard", Level.NOTE)]),
        ({"is_revoked": True, **silent_for(timedelta(days=9))}, [("revoked", Level.NOTE)]),
        ({"relayed_by": "HUB-38", "condition": None, **silent_for(timedelta(days=1))}, []),
        ({"condition": a_condition(chain="broken", chain_broken_at=9)}, [("chain_broken", Level.URGENT)]),
        ({"condition": a_condition(link="refused")}, [("refused", Level.URGENT)]),
        ({"refused_above": "HUB-38 does not speak for 38-A2"}, [("refused_above", Level.URGENT)]),
        ({"condition": a_condition(printer="paper_out")}, [("printer", Level.URGENT)]),
        ({"condition": a_condition(printer="absent")}, []),
        ({"condition": a_condition(printer="paper_near_end")}, [("paper_near_end", Level.SOON)]),
        ({"condition": a_condition(tickets_left=29)}, [("paper_near_end", Level.SOON)]),
        ({"condition": a_condition(tickets_left=0)}, [("paper_near_end", Level.SOON)]),
        ({"clock_offset": timedelta(minutes=-3)}, [("clock_off", Level.URGENT)]),
        ({"condition": a_condition(clock="suspect")}, [("clock_suspect", Level.SOON)]),
        (
            {"condition": a_condition(pending=3, oldest_unsent_at=instant_text(NOW - timedelta(hours=2)))},
            [("backlog", Level.SOON)],
        ),
        ({"condition": a_condition(pending=3, oldest_unsent_at=instant_text(NOW))}, []),
        ({"aside": {"conflict": 1}}, [("conflict", Level.URGENT)]),
        ({"aside": {"duplicate_reference": 2}}, [("duplicate_reference", Level.URGENT)]),
        ({"aside": {"payload": 1, "bad_entry": 1}}, [("bad_entry", Level.SOON)]),
    ],
    ids=str,
)
def test_each_trouble_has_its_alarm(changes: dict[str, Any], expected: list[tuple[str, Level]]) -> None:
    """And only its own."""
    assert kinds(**changes) == expected


def test_the_most_urgent_alarm_comes_first() -> None:
    """Then by machine."""
    views = [
        a_view(origin="38-B1", condition=a_condition(clock="suspect")),
        a_view(origin="38-A1", condition=a_condition(printer="paper_out")),
    ]

    assert [alarm.origin for alarm in alarms_of(views, NOW)] == ["38-A1", "38-B1"]


def test_what_a_newer_kiosk_says_is_shown_as_it_says_it() -> None:
    """An unknown condition of a printer is no health."""
    look = paper_look(a_view(condition=a_condition(printer="on_fire")), NOW)

    assert (look.state, look.text) == ("bad", "on_fire")
    assert contact_look(a_view(told_at=None, streams=()), NOW).text == "jamais"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "à l'instant"),
        (60, "il y a 1 min"),
        (3_600, "il y a 1 h"),
        (172_799, "il y a 47 h"),
        (172_800, "il y a 2 jours"),
    ],
)
def test_how_long_ago_is_said_in_its_largest_unit(seconds: int, text: str) -> None:
    """In French."""
    assert ago(NOW - timedelta(seconds=seconds), NOW) == text
    assert duration(timedelta(seconds=5)) == "5 s"
    assert [counted(count, "écriture") for count in (0, 1, 2)] == ["0 écriture", "1 écriture", "2 écritures"]
