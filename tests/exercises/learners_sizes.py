"""Programs as learners write them, for sizes and zeros, each with one mistake."""
# ruff: noqa: B007, F811, SIM108

import math

from exercises.learner import programs

PROGRAMS, learner = programs()

# ---------------------------------------------------------------- output_size


@learner("OUTPUT_SIZE", "the + 1 is missing")
def output_size(n, k, stride, pad):
    room = n + pad + pad - k
    steps = 0
    while room >= stride:
        room -= stride
        steps += 1
    return steps


@learner("OUTPUT_SIZE", "the + 1 comes before the division")
def output_size(n, k, stride, pad):
    n = n + 2 * pad
    places_of_stride_1 = n - k + 1
    return places_of_stride_1 // stride


@learner("OUTPUT_SIZE", "the stride is ignored")
def output_size(n, k, stride, pad):
    count = 0
    for start in range(n + 2 * pad):
        if start + k <= n + 2 * pad:
            count += 1
    return count


@learner("OUTPUT_SIZE", "the padding is ignored")
def output_size(n, k, stride, pad):
    count = 0
    for start in range(0, n, stride):
        if start + k <= n:
            count += 1
    return count


@learner("OUTPUT_SIZE", "the padding is counted once, not on both sides")
def output_size(n, k, stride, pad):
    end = n + pad
    count = 0
    start = 0
    while start + k <= end:
        count += 1
        start += stride
    return count


@learner("OUTPUT_SIZE", "a part of a step is rounded up")
def output_size(n, k, stride, pad):
    return math.ceil((n + 2 * pad - k) / stride) + 1


@learner("OUTPUT_SIZE", "the kernel size is ignored")
def output_size(n, k, stride, pad):
    count = 0
    for start in range(0, n + 2 * pad, stride):
        count += 1
    return count


# ---------------------------------------------------------------- output_size with dilation


@learner("OUTPUT_SIZE_DILATED", "the dilation is ignored")
def output_size(n, k, stride, pad, dilation):
    count = 0
    for start in range(0, n + 2 * pad, stride):
        if start + k <= n + 2 * pad:
            count += 1
    return count


@learner("OUTPUT_SIZE_DILATED", "the span is dilation * k; the last cell needs no gap after it")
def output_size(n, k, stride, pad, dilation):
    span = 0
    for cell in range(k):
        span += dilation
    return (n + 2 * pad - span) // stride + 1


@learner("OUTPUT_SIZE_DILATED", "dilation 1 already spreads the kernel")
def output_size(n, k, stride, pad, dilation):
    span = k
    for gap in range(k - 1):
        span += dilation
    return (n + 2 * pad - span) // stride + 1


@learner("OUTPUT_SIZE_DILATED", "the + 1 is missing")
def output_size(n, k, stride, pad, dilation):
    span = 1
    for gap in range(k - 1):
        span += dilation
    room = n + 2 * pad - span
    return room // stride


@learner("OUTPUT_SIZE_DILATED", "the - 1 is missing")
def output_size(n, k, stride, pad, dilation):
    last_cell = 0
    for cell in range(1, k):
        last_cell += dilation
    return (n + 2 * pad - last_cell) // stride + 1


# ---------------------------------------------------------------- same_padding


def zeros_needed(n, k, stride):
    """Count what the learners below get right."""
    places = math.ceil(n / stride)
    last_start = 0
    for place in range(places - 1):
        last_start += stride
    return max(last_start + k - n, 0)


@learner("SAME_PADDING", "the odd zero comes first")
def same_padding(n, k, stride):
    total = zeros_needed(n, k, stride)
    before, after = 0, 0
    while before + after < total:
        if before == after:
            before += 1
        else:
            after += 1
    return before, after


@learner("SAME_PADDING", "the stride is ignored")
def same_padding(n, k, stride):
    total = zeros_needed(n, k, 1)
    return total // 2, total - total // 2


@learner("SAME_PADDING", "fewer than no zeros are added")
def same_padding(n, k, stride):
    places = math.ceil(n / stride)
    total = (places - 1) * stride + k - n
    before = total // 2
    after = total - before
    return before, after


@learner("SAME_PADDING", "both sides get k // 2")
def same_padding(n, k, stride):
    middle = k // 2
    return (middle, middle)


@learner("SAME_PADDING", "both sides get (k - 1) // 2")
def same_padding(n, k, stride):
    if k % 2 == 0:
        half = k // 2 - 1
    else:
        half = k // 2
    return (half, half)


@learner("SAME_PADDING", "both sides get all the zeros")
def same_padding(n, k, stride):
    total = zeros_needed(n, k, stride)
    return total, total


@learner("SAME_PADDING", "all the zeros are after")
def same_padding(n, k, stride):
    before, after = 0, 0
    for zero in range(zeros_needed(n, k, stride)):
        after += 1
    return before, after
