from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.steps.match.average_link import grouped


def test_a_chain_does_not_grow_into_one_group() -> None:
    chain = {(n, n + 1): 0.6 for n in range(9)}
    assert max(map(len, grouped(10, chain, threshold=0.5))) == 2


def test_a_clique_is_one_group() -> None:
    clique = {(a, b): 0.6 for a in range(8) for b in range(a + 1, 8)}
    assert grouped(8, clique, threshold=0.5) == [list(range(8))]


def test_means_may_be_taken_over_what_was_compared() -> None:
    beside = {(a, b): 0.9 for a in range(30) for b in range(a + 1, min(30, a + 6))}
    assert len(grouped(30, beside, threshold=0.5)) > 1
    assert len(grouped(30, beside, threshold=0.5, most_compared=5)) < len(
        grouped(30, beside, threshold=0.5)
    )


def test_nothing_gives_nothing() -> None:
    assert grouped(0, {}, threshold=0.5) == []
    assert grouped(2, {}, threshold=0.5) == [[0], [1]]


_PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0, 1),
)


@given(_PAIRS, st.floats(0.05, 1))
def test_groups_part_the_numbers_and_hold_together(
    pairs: dict[tuple[int, int], float], threshold: float
) -> None:
    groups = grouped(10, pairs, threshold=threshold)
    assert sorted(n for group in groups for n in group) == list(range(10))
    assert groups == grouped(10, dict(reversed(pairs.items())), threshold=threshold)
    for group in groups:
        # What is joined at last has a mean of at least the threshold over the pairs across; over
        # all pairs of the group the mean is then at least that too.
        if len(group) > 1:
            inside = [pairs.get((a, b), 0.0) for a in group for b in group if a < b]
            assert sum(inside) / len(inside) >= threshold - 1e-9
