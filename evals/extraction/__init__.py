"""Extraction measured on public pages; `python -m evals.extraction.compare` sets it beside other extractors."""

from evals.extraction.measure import CEILINGS, FLOORS, measure

__all__ = ["CEILINGS", "FLOORS", "measure"]
