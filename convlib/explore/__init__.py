"""Drawings that the chapters of the book call, with and without sliders."""

from convlib.explore.channels import explore_channels, explore_filters, show_channels
from convlib.explore.costs import explore_costs
from convlib.explore.cuts import explore_tiles
from convlib.explore.explorer import Explorer, Picture
from convlib.explore.geometry import explore_geometry
from convlib.explore.groups import explore_groups
from convlib.explore.halo import explore_halo
from convlib.explore.layout import explore_layout
from convlib.explore.line import explore_line, explore_same
from convlib.explore.lowering import explore_im2col, explore_rows
from convlib.explore.measured import explore_speeds, read_machine, show_crossing, show_speedups
from convlib.explore.patch import explore_edge, explore_match, explore_patch
from convlib.explore.pictures import show_arrays, show_photos
from convlib.explore.pixels import explore_zoom, show_pixels, show_slice
from convlib.explore.pooling import explore_pool, explore_pool_border
from convlib.explore.pooling_kinds import explore_pool_kind, explore_pool_photo
from convlib.explore.progress import show_progress
from convlib.explore.roofline import explore_roofline
from convlib.explore.shift import explore_shift
from convlib.explore.shifted import explore_shifts
from convlib.explore.spectrum import explore_spectrum, explore_waves
from convlib.explore.strides import explore_view
from convlib.explore.transforms import explore_crossing, explore_wrap, show_sum
from convlib.explore.window import explore_flip, explore_kernels, explore_window
from convlib.explore.winograd import explore_winograd

__all__ = [
    "Explorer",
    "Picture",
    "show_arrays",
    "show_photos",
    "show_pixels",
    "show_slice",
    "explore_zoom",
    "explore_patch",
    "explore_match",
    "explore_edge",
    "explore_window",
    "explore_flip",
    "explore_kernels",
    "explore_line",
    "explore_geometry",
    "explore_same",
    "explore_pool",
    "explore_pool_border",
    "explore_pool_kind",
    "explore_pool_photo",
    "explore_shift",
    "show_channels",
    "explore_channels",
    "explore_filters",
    "explore_groups",
    "explore_layout",
    "explore_view",
    "explore_shifts",
    "explore_im2col",
    "explore_rows",
    "explore_costs",
    "explore_roofline",
    "read_machine",
    "show_speedups",
    "show_crossing",
    "explore_speeds",
    "show_sum",
    "explore_wrap",
    "explore_waves",
    "explore_spectrum",
    "explore_crossing",
    "explore_winograd",
    "explore_halo",
    "explore_tiles",
    "show_progress",
]
