"""Check the functions that the reader writes in the chapters.

Each `check_*` asks the function small cases first. If an answer differs from convlib's, it shows
the smallest case that fails, and names the mistake if a known wrong function answers every case
in the same way.
"""

from convlib.exercises.carried import check_carry_dense
from convlib.exercises.chains import check_larger, check_merge, check_receptive_field
from convlib.exercises.convolutions import check_conv2d, check_conv2d_channels
from convlib.exercises.descents import check_descend, check_roll, check_train
from convlib.exercises.first_loops import check_first_conv2d, check_shifts
from convlib.exercises.gradients import check_conv2d_backward, check_first_conv2d_backward
from convlib.exercises.layer_gradients import check_conv2d_backward_layer
from convlib.exercises.layers import check_relu, check_softmax
from convlib.exercises.looks import check_best_patch, check_excite, check_occlude
from convlib.exercises.lowering import check_col2im, check_im2col_stride
from convlib.exercises.patches import check_conv_step, check_flip, check_pad, check_pool_step
from convlib.exercises.pool_gradients import check_avgpool_backward, check_maxpool_backward
from convlib.exercises.pools import check_avgpool, check_maxpool, check_pool
from convlib.exercises.prediction import predict
from convlib.exercises.report import Mistake
from convlib.exercises.rows import check_overlap_add, check_transform
from convlib.exercises.sizes import check_output_size, check_output_size_dilated, check_same_padding
from convlib.exercises.tilings import check_convolve_tiles, check_winograd_conv2d

__all__ = [
    "Mistake",
    "predict",
    "check_conv_step",
    "check_output_size",
    "check_output_size_dilated",
    "check_flip",
    "check_pad",
    "check_same_padding",
    "check_first_conv2d",
    "check_conv2d",
    "check_conv2d_channels",
    "check_pool_step",
    "check_maxpool",
    "check_avgpool",
    "check_relu",
    "check_softmax",
    "check_merge",
    "check_receptive_field",
    "check_larger",
    "check_first_conv2d_backward",
    "check_conv2d_backward",
    "check_conv2d_backward_layer",
    "check_maxpool_backward",
    "check_avgpool_backward",
    "check_descend",
    "check_train",
    "check_roll",
    "check_best_patch",
    "check_occlude",
    "check_excite",
    "check_shifts",
    "check_im2col_stride",
    "check_col2im",
    "check_pool",
    "check_transform",
    "check_overlap_add",
    "check_winograd_conv2d",
    "check_convolve_tiles",
    "check_carry_dense",
]
