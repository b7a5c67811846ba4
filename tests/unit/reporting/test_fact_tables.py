"""Tables of facts are split between pages so that no row stands alone."""

from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import fact_table


def test_the_last_three_facts_stand_on_one_page() -> None:
    table = fact_table([(f"Fact {number}", "its value") for number in range(10)])
    _, height = table.wrap(style.WIDTH, 1000)
    parts = table.split(style.WIDTH, height - 1)
    assert [len(part._cellvalues) for part in parts] == [7, 3]


def test_a_table_of_few_facts_moves_to_the_next_page_as_a_whole() -> None:
    table = fact_table([("Fact", "its value"), ("Another", "its value")])
    _, height = table.wrap(style.WIDTH, 1000)
    assert table.split(style.WIDTH, height - 1) == []
