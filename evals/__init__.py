"""Quality of each stage against pinned floors; see docs/reference/evals.md."""
