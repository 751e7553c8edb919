"""Write traces and copies as JSON and read them back: offsets in code points, end exclusive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldtake.model import Copy, Credit, Figure, Quote, Span, TimeMention, Trace

if TYPE_CHECKING:
    from worldtake.model import Article


def to_json(trace: Trace, article: Article) -> dict[str, Any]:
    """Return `trace` of `article` as JSON values; fields with their default value are left out."""
    return {
        "article": article.id,
        "quotes": [_quote(quote) for quote in trace.quotes],
        "credits": [_credit(credit) for credit in trace.credits],
        "figures": [_figure(figure) for figure in trace.figures],
        "times": [_time(time) for time in trace.times],
    }


def from_json(values: dict[str, Any]) -> Trace:
    """Return the trace that `to_json` wrote."""
    return Trace(
        article_id=values["article"],
        quotes=tuple(_read_quote(one) for one in values["quotes"]),
        credits=tuple(_read_credit(one) for one in values["credits"]),
        figures=tuple(_read_figure(one) for one in values["figures"]),
        times=tuple(_read_time(one) for one in values["times"]),
    )


def copy_to_json(copy: Copy) -> dict[str, Any]:
    """Return `copy` as JSON values."""
    values: dict[str, Any] = {
        "a": copy.a,
        "b": copy.b,
        "kind": copy.kind,
        "spans_a": [_span(span) for span in copy.spans_a],
        "spans_b": [_span(span) for span in copy.spans_b],
        "score": copy.score,
    }
    if copy.origin is not None:
        values |= {"origin": copy.origin, "direction_by": copy.direction_by}
    return values


def copy_from_json(values: dict[str, Any]) -> Copy:
    """Return the copy that `copy_to_json` wrote."""
    return Copy(
        a=values["a"],
        b=values["b"],
        kind=values["kind"],
        spans_a=tuple(Span(*pair) for pair in values["spans_a"]),
        spans_b=tuple(Span(*pair) for pair in values["spans_b"]),
        score=values["score"],
        origin=values.get("origin"),
        direction_by=values.get("direction_by", ""),
    )


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _optional(span: Span | None) -> list[int] | None:
    return None if span is None else _span(span)


def _read_span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _extra(values: dict[str, Any], **extra: tuple[Any, Any]) -> dict[str, Any]:
    """Return `values` with those of `extra` (value, default) that differ from their default."""
    return values | {key: value for key, (value, default) in extra.items() if value != default}


def _quote(quote: Quote) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": quote.kind,
        "content": [_span(span) for span in quote.content],
        "speaker": _optional(quote.speaker),
        "cue": _optional(quote.cue),
        "confidence": quote.confidence,
    }
    return _extra(
        values,
        part=(quote.part, "text"),
        speaker_name=(quote.speaker_name, None),
        rule=(quote.rule, ""),
    )


def _read_quote(values: dict[str, Any]) -> Quote:
    return Quote(
        kind=values["kind"],
        content=tuple(Span(*pair) for pair in values["content"]),
        speaker=_read_span(values["speaker"]),
        cue=_read_span(values["cue"]),
        confidence=values["confidence"],
        rule=values.get("rule", ""),
        speaker_name=values.get("speaker_name"),
        part=values.get("part", "text"),
    )


def _credit(credit: Credit) -> dict[str, Any]:
    values: dict[str, Any] = {
        "outlet": credit.outlet,
        "kind": credit.kind,
        "span": _span(credit.span),
    }
    return _extra(
        values,
        outlet_id=(credit.outlet_id, None),
        part=(credit.part, "text"),
        rule=(credit.rule, ""),
    )


def _read_credit(values: dict[str, Any]) -> Credit:
    return Credit(
        outlet_id=values.get("outlet_id"),
        outlet=values["outlet"],
        kind=values["kind"],
        span=Span(*values["span"]),
        part=values.get("part", "text"),
        rule=values.get("rule", ""),
    )


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "span": _span(figure.span),
        "value": figure.value,
        "unit": figure.unit,
        "op": figure.op,
        "measures": figure.measures,
        "whole": figure.whole,
    }


def _read_figure(values: dict[str, Any]) -> Figure:
    return Figure(
        span=Span(*values["span"]),
        value=values["value"],
        unit=values["unit"],
        op=values["op"],
        measures=values["measures"],
        whole=values["whole"],
    )


def _time(time: TimeMention) -> dict[str, Any]:
    return {"span": _span(time.span), "value": time.value, "granularity": time.granularity}


def _read_time(values: dict[str, Any]) -> TimeMention:
    return TimeMention(
        span=Span(*values["span"]), value=values["value"], granularity=values["granularity"]
    )
