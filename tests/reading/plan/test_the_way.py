"""How far a clean table goes: through the reader of tables and no other layout's."""

from pathlib import Path

from tests.support.work import calls_of, functions_of
from tracker import reading
from tracker.grid import Grid, Source, from_table
from tracker.reading.plan import read_plan

ROOM = Path(reading.__file__).parent
CLEAN = Source(
    "xlsx",
    "方案.xlsx",
    (
        from_table("""
        | 云溪市2026年工作要点分工方案 | < | < | < |
        | 序号 | 工作任务 | 责任单位 | 完成时限 |
        | 1 | 修建水渠三公里。 | 市水利局 | 6月底前 |
        | 2 | 清理河道五公里。 | 市城管局牵头，市财政局配合 | 9月底前 |
        """),
    ),
)


def way():
    read_plan(CLEAN)  # what is read once for all plans is no part of the way
    return functions_of(lambda: read_plan(CLEAN), ROOM)


def test_a_clean_table_meets_no_reader_of_text_and_none_of_pasted_tables():
    modules = {module for module, _ in way()}

    assert "tables/tables" in modules
    assert "tables/pastes" not in modules
    assert not [module for module in modules if module.startswith("prose/")]


def test_the_layout_of_a_clean_table_is_read_in_few_functions_of_few_modules():
    layout = {(module, name) for module, name in way() if module.startswith("tables/")}

    assert len({module for module, _ in layout}) <= 7
    assert len(layout) <= 21


def test_a_further_row_of_a_clean_table_costs_few_calls():
    def draw(count):
        rows = [(n, f"第{n}段渠道清淤。", "市水利局", "6月底前") for n in range(1, count + 1)]
        return Source(
            "xlsx", "方案.xlsx", (Grid("表", (("序号", "工作任务", "责任单位", "完成时限"), *rows)),)
        )

    few, many = (min(calls_of(lambda n=n: read_plan(draw(n))) for _ in range(2)) for n in (100, 200))

    assert (many - few) / 100 <= 182


def test_the_whole_way_of_a_clean_table_does_not_grow():
    functions = way()

    assert len(functions) <= 40
    assert len({module for module, _ in functions}) <= 12
