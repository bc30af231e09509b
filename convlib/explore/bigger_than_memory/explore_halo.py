"""Explorer of two-dimensional tiles: what each borrows, and which outputs it gets right."""

from itertools import product

import numpy as np

from convlib.core import conv2d, pad
from convlib.draw import beside, grid_panel, outline, sign_panel, size_text
from convlib.explore.engine import Cells, Explorer


def explore_halo(image, kernel, sizes=((6, 4), (3, 4), (4, 4), (3, 3))):
    """Cut an image into tiles, let each borrow a halo, and compare their outputs with the whole.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    sizes : sequence of (int, int)
        Rows and columns of a tile, at least as large as the widest halo.

    Returns
    -------
    Explorer
        Sliders `tile size`; `halo`, the rows below and columns to the right that a tile
        borrows; `not borrowed`, whether outputs that need more pixels are left out or computed
        with zeros in their place; `tile`, the tile at work.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_halo(IMAGE, KERNEL, [(5, 3)]).picture(halo=1).sentence
    'Tile 0: rows 0–4, columns 0–2, 5 borrowed pixels. Of its 9 outputs 6 are right, 3 missing.'
    """
    whole = conv2d(image, kernel)
    by_name = {size_text(size): size for size in sizes}
    widest = max(kernel.shape) - 1
    corners = {
        name: list(product(*(range(0, n, step) for n, step in zip(image.shape, size))))
        for name, size in by_name.items()
    }

    def not_borrowed(halo, **earlier):
        return ["left out"] if halo == widest else ["left out", "zeros"]

    def frame(tile_size, halo, not_borrowed, tile):
        size, so_far = by_name[tile_size], corners[tile_size][: tile + 1]
        with_zeros = not_borrowed == "zeros"
        outputs = [tile_output(image, kernel, corner, size, halo, with_zeros) for corner in so_far]
        reach = np.subtract(kernel.shape, 1) if with_zeros else (halo, halo)
        drawing = draw_halo(image, whole, outputs, so_far, size, halo, reach)
        pixels = _pixels_text(image.shape, so_far[-1], size, halo, reach)
        outputs_text = _outputs_text(whole, outputs[-1], so_far[-1], size)
        return drawing, f"Tile {tile}: {pixels}. {outputs_text}"

    def cells(tile_size, **others):
        size = by_name[tile_size]
        shape = tuple(-(-n // step) for n, step in zip(image.shape, size, strict=True))
        tiles = Cells(number="tile", step=size, size=size, shape=shape)
        return {"image": tiles, "output": tiles}

    return Explorer(
        frame,
        play="tile",
        cells=cells,
        tile_size=list(by_name),
        halo=(0, widest),
        not_borrowed=not_borrowed,
        tile=lambda tile_size, **earlier: (0, len(corners[tile_size]) - 1),
    )


def tile_output(image, kernel, corner, size, halo, zeros):
    """Return what a tile and its halo give, as an output with every other cell masked.

    Parameters
    ----------
    image, kernel : ndarray, 2-D
    corner, size : (int, int)
        First row and column of the tile; its rows and columns.
    halo : int
        How many rows below and columns to the right it borrows, as far as there are any.
    zeros : bool
        Whether the pixels that its last windows need beyond the halo are taken as zeros.

    Returns
    -------
    numpy.ma.MaskedArray of int, shape (H - KH + 1, W - KW + 1)
    """
    shape = np.subtract(image.shape, kernel.shape) + 1
    output = np.ma.masked_all(shape, dtype=np.int64)
    patch = image[_block(corner, np.add(size, halo))]
    if zeros:
        needed = np.minimum(np.add(size, kernel.shape) - 1, np.subtract(image.shape, corner))
        patch = pad(patch, tuple((0, int(more)) for more in needed - patch.shape))
    if (np.array(patch.shape) >= kernel.shape).all():
        own = conv2d(patch, kernel)[: size[0], : size[1]]
        output[_block(corner, own.shape)] = own
    return output


def draw_halo(image, whole, outputs, corners, size, halo, reach):
    """Draw the image with a tile and what it reads, and what the tiles gave so far.

    Parameters
    ----------
    image, whole : ndarray, 2-D
        `whole` is the output of the whole image.
    outputs : list of numpy.ma.MaskedArray
        What each tile up to the one at work gave.
    corners : list of (int, int)
        First row and column of each of them.
    size : (int, int)
        Rows and columns of a tile.
    halo : int
        How many rows below and columns to the right a tile borrows.
    reach : (int, int)
        How many rows and columns its windows look at, borrowed or taken as zeros.

    Returns
    -------
    Panels
    """
    corner = corners[-1]
    tile = _block(corner, size)
    paint = {
        "outside": _block(corner, np.add(size, reach)),
        "kernel": _block(corner, np.add(size, halo)),
        "window": tile,
    }
    ax = grid_panel(image, title="image", index=True, paint=paint)
    outline(ax, "image", _within(tile, image.shape))

    joined = np.ma.masked_all(whole.shape, dtype=np.int64)
    is_due = np.zeros(whole.shape, dtype=bool)
    for output, first in zip(outputs, corners, strict=True):
        joined[~output.mask] = output[~output.mask]
        is_due[_block(first, size)] = True
    is_right = np.ma.filled(joined == whole, False)
    paint = {"output": ~outputs[-1].mask, "strong": is_due & ~is_right}
    result = grid_panel(joined, title="output", index=True, paint=paint)
    if whole[tile].size:
        outline(result, "output", _within(tile, whole.shape), colour="output edge")
    return beside(ax, sign_panel("→", result), result)


def _within(block, shape):
    """Cut a block off where an array of this shape ends."""
    return tuple(slice(s.start, min(s.stop, n)) for s, n in zip(block, shape, strict=True))


def _block(corner, size):
    (top, left), (height, width) = corner, size
    return np.s_[top : top + height, left : left + width]


def _pixels_text(shape, corner, size, halo, reach):
    """Say which pixels a tile has, how many it borrows, and how many it takes as zeros."""
    own, with_halo, needed = (
        np.minimum(np.add(corner, size) + more, shape) - corner for more in (0, halo, reach)
    )
    bottom, right = (np.array(corner) + own).tolist()
    borrowed, zeros = (
        int(more.prod() - fewer.prod()) for more, fewer in ((with_halo, own), (needed, with_halo))
    )
    says = (
        f"{_span_text('row', corner[0], bottom)}, {_span_text('column', corner[1], right)},"
        f" {borrowed} borrowed pixel{'s' * (borrowed != 1)}"
    )
    return f"{says}, {zeros} taken as zero" if zeros else says


def _outputs_text(whole, output, corner, size):
    """Count the outputs of a tile that are right, missing and wrong."""
    owned = whole[_block(corner, size)]
    given = output[_block(corner, size)]
    if not owned.size:
        return "No window starts in it; its pixels are only lent."
    right_count, missing = np.ma.sum(given == owned) or 0, given.mask.sum()
    wrong = owned.size - right_count - missing
    others = "".join(f", {n} {word}" for n, word in ((missing, "missing"), (wrong, "wrong")) if n)
    verb = "is" if right_count == 1 else "are"
    return f"Of its {owned.size} outputs {right_count} {verb} right{others}."


def _span_text(noun, first, end):
    return f"{noun} {first}" if end - first == 1 else f"{noun}s {first}–{end - 1}"
