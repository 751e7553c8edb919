from __future__ import annotations

from dataclasses import replace

from tests.web.press import FERRY, SmallPress, ferry_lineage, story_of

from worldtake.model import Edge, Origin
from worldtake.web.descent import MAX_STEPS, Descent, trace_descent


def ferry(**changes: object):  # noqa: ANN201 inferred
    return replace(SmallPress().story(story_of(FERRY).id), **changes)  # type: ignore[arg-type]


def shape(node: Descent) -> tuple[object, ...]:
    return (
        node.outlet,
        node.step.said() if node.step else "",
        *(shape(child) for child in node.children),
    )


def depth(node: Descent) -> int:
    return 1 + max((depth(child) for child in node.children), default=0)


def test_what_descends_from_an_origin_stands_under_it() -> None:
    assert [
        ("La Lanterna", "", ("Sabah al-Bahr", "cites it")),
        ("Quay News Agency", "", ("Shore Times", "carries its agency text")),
        ("Kishi Shimbun", ""),
    ] == [shape(node) for node in trace_descent(ferry())]


def test_an_origin_that_was_not_seen_keeps_its_place() -> None:
    edge = Edge(
        article_id=FERRY[4].article().id, to_outlet="Harbour Radio", to_article=None,
        basis="stated", kind="interview", evidence=(),
    )  # fmt: skip
    origin = Origin(outlet="Harbour Radio", article_id=None, articles=(edge.article_id,))
    lineage = replace(ferry_lineage(), edges=(edge,), origins=(origin,))
    (node,) = trace_descent(ferry(lineage=lineage))
    assert ("Harbour Radio", "", ("Kishi Shimbun", "takes its interview")) == shape(node)
    assert (None, None) == (node.headline, node.outlet_id)


def test_steps_in_a_circle_end() -> None:
    ids = [w.article().id for w in FERRY[:2]]
    edges = tuple(
        Edge(article_id=a, to_outlet="x", to_article=b, basis="measured", kind="rewrite", evidence=())
        for a, b in ((ids[0], ids[1]), (ids[1], ids[0]))
    )  # fmt: skip
    lineage = replace(ferry_lineage(), edges=edges, origins=ferry_lineage().origins[:1])
    (node,) = trace_descent(ferry(lineage=lineage))
    assert 2 == depth(node)


def test_a_chain_without_end_is_cut() -> None:
    edges = tuple(
        Edge(article_id=str(n + 1), to_outlet="x", to_article=str(n), basis="stated", kind="report", evidence=())
        for n in range(5000)
    )  # fmt: skip
    lineage = replace(
        ferry_lineage(), edges=edges, origins=(Origin(outlet="x", article_id="0", articles=()),)
    )
    (node,) = trace_descent(ferry(lineage=lineage))
    assert MAX_STEPS + 1 == depth(node)


def test_a_story_whose_origins_were_not_traced_has_no_tree() -> None:
    assert () == trace_descent(ferry(lineage=None))


def test_an_article_stands_once_with_its_other_steps_beside_it() -> None:
    lineage = ferry_lineage()
    quay, shore, egypt = (FERRY[i].article().id for i in (1, 2, 3))
    shared = Edge(
        article_id=egypt, to_outlet="ke-shore", to_article=shore, basis="measured", kind="passage",
        evidence=(),
    )  # fmt: skip
    second = replace(shared, to_outlet="gb-quay", to_article=quay)
    trees = trace_descent(ferry(lineage=replace(lineage, edges=(shared, second, *lineage.edges))))
    assert 5 == sum(tree.size() for tree in trees)
    (child,) = next(tree for tree in trees if tree.outlet == "La Lanterna").children
    assert ["Shore Times", "Quay News Agency"] == [step.towards for step in child.also]


def test_what_no_step_reaches_stands_under_its_origin() -> None:
    lineage = ferry_lineage()
    stray = replace(lineage.edges[0], to_outlet="gb-other", to_article="not seen")
    trees = trace_descent(ferry(lineage=replace(lineage, edges=(stray,))))
    assert 1 == len(next(tree for tree in trees if tree.outlet == "Quay News Agency").children)
