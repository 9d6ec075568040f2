"""The map of a brief: labels apart and inside, close-ups where places crowd."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.render.brief.labels import Box, place_labels
from bitrans.render.brief.map import WIDTH, Map, Spot, draw_maps

ALEPPO = [
    Spot("Aleppo", 37, 36.20, 37.13),
    Spot("Kallaseh", 5, 36.19, 37.15),
    Spot("Salheen", 3, 36.175, 37.165),
    Spot("Shaar", 4, 36.205, 37.18),
    Spot("Fardous", 3, 36.18, 37.155),
    Spot("Marjeh", 2, 36.185, 37.18),
]
FAR = [
    Spot("Moscow", 4, 55.75, 37.62),
    Spot("Washington", 1, 38.9, -77.04),
    Spot("Riyadh", 1, 24.7, 46.7),
]
PLACES = st.lists(
    st.builds(
        Spot,
        st.text("abcdefg حلب", min_size=1, max_size=40),
        st.integers(1, 500),
        st.floats(-90, 90),
        st.floats(-180, 180),
    ),
    min_size=1,
    max_size=40,
)


def test_no_place_gives_no_map() -> None:
    assert draw_maps([]) == ()


def test_one_place_stands_in_the_middle() -> None:
    (drawn,) = draw_maps(ALEPPO[:1])
    (dot,) = drawn.dots
    assert (dot.x, dot.y) == pytest.approx((WIDTH / 2, drawn.height / 2))
    assert [label.text for label in drawn.labels] == ["Aleppo"]
    assert drawn.closeup is None
    assert drawn.rules
    assert drawn.bar_words.endswith(" km")


def test_places_far_apart_get_a_close_up_where_they_crowd() -> None:
    first, second = draw_maps([*ALEPPO, *FAR])
    assert {label.text for label in first.labels} == {"Aleppo", "Moscow", "Washington", "Riyadh"}
    assert first.closeup is not None
    inside = [dot for dot in first.dots if dot.spot in ALEPPO]
    assert all(first.closeup.holds(Box(dot.x, dot.y, 0, 0)) for dot in inside)
    assert {label.text for label in second.labels} == {spot.name for spot in ALEPPO}
    assert second.title == "Close-up around Aleppo"
    assert second.closeup is None


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw_maps(FAR)[0]
    dots = {dot.spot.name: dot for dot in drawn.dots}
    assert dots["Moscow"].y < dots["Washington"].y
    assert dots["Washington"].x < dots["Moscow"].x


def test_the_scale_bar_is_true() -> None:
    north, south = Spot("a", 1, 36.0, 37.0), Spot("b", 1, 35.0, 37.0)
    (drawn,) = draw_maps([north, south])
    down = abs(drawn.dots[0].y - drawn.dots[1].y)
    km = float(drawn.bar_words.split(" km")[0])
    assert drawn.bar / km == pytest.approx(down / 111.195, rel=0.01)


def test_the_date_line_does_not_part_neighbours() -> None:
    drawn = draw_maps([Spot("Fiji", 1, -17.7, 178.0), Spot("Samoa", 1, -13.8, -172.1)])[0]
    dots = {dot.spot.name: dot for dot in drawn.dots}
    assert dots["Fiji"].x < dots["Samoa"].x
    assert any(rule.text == "180°" for rule in drawn.rules)


def test_no_line_is_beyond_a_pole() -> None:
    (drawn,) = draw_maps([Spot("north", 1, 90, 0), Spot("south", 1, -90, 180)])
    texts = [rule.text for rule in drawn.rules if not rule.upright]
    assert "90° N" in texts
    assert not any(text.startswith("120") for text in texts)


def test_many_places_on_one_spot_are_drawn() -> None:
    drawn = draw_maps([Spot(f"place {number}", 1, 36.2, 37.1) for number in range(300)])
    assert len(drawn) == 1
    assert len(drawn[0].unlabelled) + len(drawn[0].labels) == 300
    assert "more" in drawn[0].unlabelled_words


@settings(max_examples=60, deadline=None)
@given(PLACES)
def test_labels_cover_neither_dots_nor_one_another(spots: list[Spot]) -> None:
    for drawn in draw_maps(spots):
        assert_apart(drawn)


def assert_apart(drawn: Map) -> None:
    page = Box(0, 0, WIDTH, drawn.height)
    boxes = [label.box for label in drawn.labels]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    for dot in drawn.dots:
        assert page.holds(Box(dot.x, dot.y, 0, 0))
        reach = dot.radius * 0.99
        square = Box(dot.x - reach, dot.y - reach, 2 * reach, 2 * reach)
        assert not any(box.meets(square) for box in boxes)
    assert all(page.holds(box) for box in boxes)


def test_every_place_is_on_the_first_map() -> None:
    drawn = draw_maps([*ALEPPO, *FAR])[0]
    assert {dot.spot for dot in drawn.dots} == {*ALEPPO, *FAR}


def test_a_label_without_room_is_none() -> None:
    page = Box(0, 0, 60, 40)
    fits, full = place_labels([(30, 20, 2, "ab"), (30, 20, 2, "longer than the page")], page, [])
    assert fits is not None
    assert full is None
