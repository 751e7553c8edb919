"""The sample press, read once through the whole pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from worldtake.newsroom import Newsroom, open_newsroom
from worldtake.settings import Settings
from worldtake.testing.sample_gold import SampleGold, sample_ids
from worldtake.testing.sample_press import phrasebook
from worldtake.testing.sample_server import SamplePress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import Report
    from worldtake.model.views import StoryBundle


@dataclass(frozen=True, slots=True)
class ReadSample:
    """The sample as it stands in a store, beside what is planted in it."""

    newsroom: Newsroom
    gold: SampleGold
    bundles: tuple[StoryBundle, ...]
    #: Our article id -> the sample's.
    ids: dict[str, str]

    @property
    def reports(self) -> list[Report]:
        return [report for bundle in self.bundles for report in bundle.file.reports]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadSample]:
    home = tmp_path_factory.mktemp("sample")
    settings = Settings(home=home, workers=2, cluster_wait_seconds=0)
    with SamplePress() as press, open_newsroom(settings) as newsroom:
        newsroom.show_sample(press.outlets(), phrasebook(press.sample))
        newsroom.poll()
        newsroom.run()
        bundles = newsroom.bundles()
        articles = [report.article for bundle in bundles for report in bundle.file.reports]
        ids = sample_ids(press.sample.gold, articles)
        yield ReadSample(newsroom, press.sample.gold, bundles, ids)
