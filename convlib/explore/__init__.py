"""Drawings that the chapters call, with and without sliders; each is loaded when it is named.

``engine`` says what an explorer is, ``homes`` show it on a page or in Jupyter, and every chapter
has a folder with a file for each of its drawings, named after its function.
"""

from importlib import import_module

import convlib.explore.homes  # noqa: F401  (it registers with the engine)
from convlib.explore.engine import Explorer, Picture
from convlib.explore.measured import read_machine, read_rewritings

DRAWINGS = {
    "benches": ("bench_numbers", "bench_layers", "bench_waves", "bench_picture"),
    "networks": ("explore_network",),
    "pictures": ("show_arrays", "show_photos"),
    "match_patch": (
        "show_pixels",
        "explore_zoom",
        "show_slice",
        "explore_patch",
        "explore_match",
        "explore_edge",
    ),
    "slide_window": ("explore_window", "explore_flip", "explore_kernels"),
    "pad_stride_dilate": ("explore_line", "explore_geometry", "explore_same"),
    "see_in_colour": (
        "show_channels",
        "explore_channels",
        "explore_filters",
        "explore_mix",
        "explore_groups",
    ),
    "keep_the_strongest": (
        "explore_pool",
        "explore_pool_border",
        "explore_pool_kind",
        "explore_pool_photo",
        "explore_shift",
    ),
    "bend_the_line": (
        "explore_stack",
        "explore_merge",
        "explore_bumps",
        "explore_bend",
        "explore_receptive_field",
        "explore_shares",
    ),
    "send_gradients_back": (
        "explore_nudge",
        "explore_weight",
        "explore_stamps",
        "explore_flipped",
        "explore_chain",
        "explore_routes",
        "explore_overlaps",
        "explore_step",
    ),
    "train_a_small_network": (
        "explore_rate",
        "explore_runs",
        "show_training",
        "show_digits",
        "show_confusion",
    ),
    "see_what_it_sees": (
        "explore_best_patches",
        "explore_cover",
        "explore_occlusion",
        "explore_moves",
        "explore_excited",
    ),
    "go_faster": (
        "explore_layout",
        "explore_view",
        "explore_shifts",
        "explore_im2col",
        "explore_rows",
        "explore_costs",
        "explore_roofline",
        "show_speedups",
        "explore_speeds",
    ),
    "compile_the_loops": (
        "explore_order",
        "explore_vectors",
        "explore_register",
        "explore_traffic",
        "explore_threads",
        "show_rewritings",
        "explore_rivals",
    ),
    "waves": (
        "show_sum",
        "explore_pointer",
        "explore_wave",
        "explore_transform",
        "explore_wrap",
        "explore_waves",
        "explore_spectrum",
        "explore_crossing",
        "show_crossing",
    ),
    "fewer_products": (
        "explore_products",
        "show_way_back",
        "explore_winograd",
        "explore_patches",
    ),
    "bigger_than_memory": ("explore_halo", "explore_tiles", "show_progress"),
}
"""Folder -> the functions it has, each in a file of its own."""

_FOLDERS = {name: folder for folder, names in DRAWINGS.items() for name in names}

__all__ = ["Explorer", "Picture", "read_machine", "read_rewritings", *_FOLDERS]


def __getattr__(name):
    """Load a drawing when it is asked for."""
    if name not in _FOLDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOLDERS[name]}.{name}"), name)


def __dir__():
    return __all__
