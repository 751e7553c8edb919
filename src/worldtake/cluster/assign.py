"""Put the articles of a block, one after another, to the story that each is most like, or begin a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldtake.cluster.window import centroids, fading, gaps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from worldtake.cluster.window import Window

#: Digits of a score that are compared, so that rounding of sums cannot decide.
SCORE_DIGITS = 6


@dataclass(slots=True)
class _Board:
    """Stories as they stand while a block is put to them; the new ones come after the old."""

    labels: NDArray[np.int64]
    squares: NDArray[np.float64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    #: Stories on the board.
    count: int


def assign(
    rows: csr_array,
    days: NDArray[np.float64],
    window: Window,
    *,
    start: int,
    join: float,
    decay: float,
    silence: float,
) -> NDArray[np.int64]:
    """Return the story label of each row; a new story's label is its position in the stream, from `start`."""
    stories = centroids(window)
    size = rows.shape[0]
    board = _board(stories.labels, stories.norms**2, stories.first, stories.last, room=size)
    to_known = stories.dots(rows)
    among = (rows @ rows.T).toarray()
    chosen = np.empty(size, np.int64)
    for row in range(size):
        dots = np.zeros(board.count)
        part = slice(to_known.indptr[row], to_known.indptr[row + 1])
        dots[to_known.indices[part]] = to_known.data[part]
        np.add.at(dots, chosen[:row], among[row, :row])
        chosen[row] = _choose(
            board, dots, float(days[row]), join=join, decay=decay, silence=silence
        )
        if chosen[row] == board.count:
            _begin(board, start + row, float(days[row]), float(among[row, row]))
        else:
            _join(
                board,
                int(chosen[row]),
                float(days[row]),
                float(dots[chosen[row]]),
                float(among[row, row]),
            )
    return board.labels[chosen]


def _choose(
    board: _Board,
    dots: NDArray[np.float64],
    day: float,
    *,
    join: float,
    decay: float,
    silence: float,
) -> int:
    near = np.flatnonzero(dots)
    if not len(near):
        return board.count
    gap = gaps(day, board.first[near], board.last[near])
    scores = dots[near] / np.sqrt(board.squares[near]) * fading(gap, decay, silence)
    scores = scores.round(SCORE_DIGITS)
    best = int(np.argmax(scores))
    return int(near[best]) if scores[best] >= join else board.count


def _board(
    labels: NDArray[np.int64],
    squares: NDArray[np.float64],
    first: NDArray[np.float64],
    last: NDArray[np.float64],
    *,
    room: int,
) -> _Board:
    return _Board(
        labels=np.concatenate([labels, np.zeros(room, np.int64)]),
        squares=np.concatenate([squares, np.zeros(room)]),
        first=np.concatenate([first, np.zeros(room)]),
        last=np.concatenate([last, np.zeros(room)]),
        count=len(labels),
    )


def _begin(board: _Board, label: int, day: float, square: float) -> None:
    place = board.count
    board.labels[place] = label
    board.squares[place] = square
    board.first[place] = board.last[place] = day
    board.count += 1


def _join(board: _Board, place: int, day: float, dot: float, square: float) -> None:
    board.squares[place] += 2.0 * dot + square
    board.first[place] = min(board.first[place], day)
    board.last[place] = max(board.last[place], day)
