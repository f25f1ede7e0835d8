"""Organisations: found in text, joined when they are the same, told apart when they are not."""

from __future__ import annotations

import pytest

from ingest.names import core, find_names, is_government, most_mentioned, same, shown_core, variants, without_office


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The notice to Northby Council and Westerly Hospital.", ["Northby Council", "Westerly Hospital"]),
        ("issued to the Royal Borough of Easton and Weston in May", ["Royal Borough of Easton and Weston"]),
        ("the Department for Examples has written", ["Department for Examples"]),
        ("Inspection of Northby City local authority children's services", ["Northby City local authority"]),
        ("Area inspection of Northshire Local Area Partnership", ["Northshire Local Area Partnership"]),
        ("sent to Acme Foods, Inc. of Delaware", ["Acme Foods, Inc."]),
        ("Example Holdings Ltd. must stop", ["Example Holdings Ltd."]),
        ("Northby Council's plan", ["Northby Council"]),
        ("Office for Checks in Schools, Homes and Skills (Checked) inspects", ["Checked"]),
        ("the council and its board", []),
        ("The Council must act", []),
        ("Ofsted inspected", ["Ofsted"]),
        ("New Mexico and the CQC", ["CQC"]),
    ],
)
def test_names_are_found_whole(text: str, names: list[str]) -> None:
    matches = find_names(text)
    assert [match.name for match in matches] == names
    for match in matches:
        assert " ".join(match.span.of(text).split()) == match.name


def test_a_name_wraps_in_running_text_and_not_in_an_address() -> None:
    prose = "The Commissioner has decided to issue a reprimand to Plumley City\nCouncil in respect of the breaches.\n"
    assert [m.name for m in find_names(prose)] == ["Plumley City Council"]
    address = "Jane Poe\nDirector\nNorthby Council\nTown Hall\n"
    assert [m.name for m in find_names(address)] == ["Northby Council"]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("St Agnes Council", "St Agnes Metropolitan Borough Council", True),
        ("Northby City local authority", "Northby Council", True),
        ("Northby", "Northby Council", True),
        ("Northshire County Council", "Northshire Police", False),
        ("Northby Council", "Southby Council", False),
        ("University of Northby", "Northby Council", False),
        ("Acme Foods, Inc.", "Acme Foods Incorporated", True),
    ],
)
def test_joining(one: str, other: str, joined: bool) -> None:
    assert same(one, other) is joined
    assert same(other, one) is joined


def test_cores() -> None:
    assert core("St Agnes Metropolitan Borough Council") == "st agnes"
    assert shown_core("St Agnes Metropolitan Borough Council") == "St Agnes"
    assert core("The Council") == "the council"
    assert without_office("Chief Constable West Northshire Police") == "West Northshire Police"
    assert is_government("Department for Examples")
    assert not is_government("Northby Council")


def test_variants_gather_every_name_of_one_organisation() -> None:
    text = (
        "To: St Agnes Council (the council). St Agnes Metropolitan Borough Council (SAMBC) was inspected. "
        "St Agnes Hospital was not."
    )
    assert variants("St Agnes Council", text) == (
        *("St Agnes Metropolitan Borough Council", "St Agnes Council", "St Agnes", "SAMBC"),
    )


def test_the_most_mentioned_is_no_department() -> None:
    text = "The Department for Examples, the Department for Examples and Northby Council."
    assert most_mentioned(text) == "Northby Council"
    assert most_mentioned(text, government=True) == "Department for Examples"
    assert most_mentioned("nothing here") is None


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("London Borough of Marlowe", "Marlowe"),
        ("London Borough of Ember upon Wick", "Ember upon Wick"),
        ("Royal Borough of Kest and Marrow", "Kest and Marrow"),
        ("City of Orm", "Orm"),
        ("City of Orm Council", "Orm"),
        ("Marlowe London Borough Council", "Marlowe"),
        ("Upper Marlowe Council", "Upper Marlowe"),
    ],
)
def test_a_borough_is_known_by_its_place(name: str, place: str) -> None:
    assert shown_core(name) == place
    assert place in variants(name, "")
    assert core(name) == core(place + " Council")


def test_two_places_of_like_name_stay_two() -> None:
    assert not same("Upper Marlowe Council", "London Borough of Marlowe")
    assert same("Marlowe Council", "London Borough of Marlowe")
