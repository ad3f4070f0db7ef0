"""No group is shown in which somebody could be recognised."""

from hypothesis import given
from hypothesis import strategies as st

from oversight.groups import SMALLEST_SHOWN, Group, shown

sizes = st.lists(
    st.tuples(st.integers(1, 12), st.floats(0, 1)).map(
        lambda pair: (pair[0], int(pair[0] * pair[1]))
    ),
    min_size=1,
    max_size=14,
)


@given(sizes, st.none() | st.integers(1, 6))
def test_no_group_under_five_is_shown_or_can_be_reckoned(
    given_sizes: list[tuple[int, int]], most: int | None
) -> None:
    groups = [Group(str(n), *pair) for n, pair in enumerate(given_sizes)]
    found = shown(groups, most)
    everyone = sum(group.referrals for group in groups)
    apart, others = found.apart, found.others
    assert all(group.referrals >= SMALLEST_SHOWN for group in apart)
    assert sum(group.referrals for group in apart) + (others.referrals if others else 0) == everyone
    # What is left when the shown ones are taken from the whole is nobody, or five and more.
    left = everyone - sum(group.referrals for group in apart)
    assert left == 0 or left >= min(SMALLEST_SHOWN, everyone)
    if everyone < SMALLEST_SHOWN:
        assert not apart
    if most is not None:
        assert len(apart) <= most
