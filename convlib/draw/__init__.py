"""Draw arrays of numbers and photographs, measured in cells; compute nothing.

- ``palette`` the colours, one table for Python, style sheets and scripts
- ``canvas`` panels, drawings made of panels, and how they become SVG
- ``pieces`` cells, grids, labels, outlines, arrows, photographs
- ``placement`` panels that are made again and again
- ``charts`` logarithmic axes and bars
- ``galleries`` many small pictures, as ink on paper
- ``words`` numbers, sums and shapes as every sentence of the book writes them
"""

from convlib.draw.canvas import below, beside, canvas, glue, together
from convlib.draw.charts import (
    LogAxis,
    bars_panel,
    draw_axes,
    labels_apart,
    power_text,
    rank_panel,
)
from convlib.draw.galleries import gallery_panel, ink_panel, inked, inked_signs, squares_panel
from convlib.draw.pieces import (
    draw_arrow,
    draw_block,
    draw_cells,
    draw_dot,
    draw_grid,
    draw_label,
    draw_line,
    draw_outline,
    draw_photo,
    draw_pixels,
)
from convlib.draw.placement import (
    grid_panel,
    mark,
    outline,
    output_panel,
    photo_panel,
    sign_panel,
    strip_panels,
    text_panel,
    tint,
    up_to,
)
from convlib.draw.words import (
    as_fractions,
    channel_names,
    counted,
    factor_text,
    listing,
    number_text,
    size_text,
    sum_of_products,
)

__all__ = [
    "LogAxis",
    "as_fractions",
    "bars_panel",
    "below",
    "beside",
    "canvas",
    "channel_names",
    "counted",
    "draw_arrow",
    "draw_axes",
    "draw_block",
    "draw_cells",
    "draw_dot",
    "draw_grid",
    "draw_label",
    "draw_line",
    "draw_outline",
    "draw_photo",
    "draw_pixels",
    "factor_text",
    "gallery_panel",
    "glue",
    "grid_panel",
    "ink_panel",
    "inked",
    "inked_signs",
    "labels_apart",
    "listing",
    "mark",
    "number_text",
    "outline",
    "output_panel",
    "photo_panel",
    "power_text",
    "rank_panel",
    "sign_panel",
    "size_text",
    "squares_panel",
    "strip_panels",
    "sum_of_products",
    "text_panel",
    "tint",
    "together",
    "up_to",
]
