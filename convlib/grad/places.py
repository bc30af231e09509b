"""Convolve many small images there and back, place by place.

Training passes many small images on at once. Their pixels lie in memory as (H, W, C, N), the
number of the image last. One copy of the image for each kernel row puts what is under a kernel
column in one piece. So the columns that a place of the kernel sees are one piece, too, and
neighbouring places share what they both see::

    lowered[i]    [x[i, 0], x[i + 1, 0]] [x[i, 1], x[i + 1, 1]] [x[i, 2], x[i + 1, 2]]
    place (i, 0)  [------------------ window ------------------]
    place (i, 1)                         [------------------ window ------------------]

A window is a matrix with a row for each cell and channel, and a column for each image. Everything
is a small product with it, and is what the next layer takes as it is::

    forward    y[i, j]   =  weight @ window
    backward   dweight  +=  window @ dy[i, j].T
               dwindow  +=  weight.T @ dy[i, j]        then undo the lowering: add the copies up
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.fast.blocks import slices
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each

BLOCK = 2**17  # numbers
MANY = 8  # images
REMEMBERED = 2**22  # numbers that are kept for the way back
SMALL = 2**19  # multiply-adds of a product that wakes no threads up, see convlib.fast.winograd


def there(call):
    """Compute a convolution, and keep what the way back needs.

    Parameters
    ----------
    call : ConvArguments
        Of floats.

    Returns
    -------
    y : (N, O, HO, WO) view of memory in the order (HO, WO, O, N)
    lowered : (HO, G, W, KH, C/G, N) array
        Or both None, where one image after the other is the better way.
    """
    images, filters, height, width = call.shape
    if images < MANY or call.dilation[1] > 1 or size_of_all(call) > REMEMBERED:
        return None, None
    lowered = lower(call)
    windows, weight = windows_of(lowered, call), matrices(call)
    some_images = slices(images, min(max(SMALL // weight[0].size, MANY), images))
    y = np.empty((height, width, filters, images), call.x.dtype)
    out = y.reshape(height, width, call.groups, -1, images).swapaxes(1, 2)

    def work(rows):
        for some in some_images:
            np.matmul(weight[:, np.newaxis], windows[rows][..., some], out=out[rows][..., some])
        y[rows] += call.bias[:, np.newaxis]

    for_each(work, cut(height, y[0].size))
    return y.transpose(3, 2, 0, 1), lowered


def back(dy, call, lowered, to_x=True):
    """Send a gradient back through `there`.

    Parameters
    ----------
    dy : (N, O, HO, WO) array in the dtype for sums
    call : ConvArguments
    lowered : array
        From `there`.
    to_x : bool
        Compute the image's gradient, too.

    Returns
    -------
    dx : (N, C, H, W) view, or None
    dweight, dbias : arrays
    """
    images, _, height, width = dy.shape
    dy = np.ascontiguousarray(dy.transpose(2, 3, 1, 0))
    gradients = dy.reshape(height, width, call.groups, -1, images).swapaxes(1, 2)
    dweight = weight_gradient(gradients, call, lowered)
    dbias = dy.sum(axis=(0, 1)).sum(axis=1)
    return image_gradient(gradients, call) if to_x else None, dweight, dbias


def weight_gradient(dy, call, lowered):
    """Multiply every window by its output's gradient, and add up over all places.

    Parameters
    ----------
    dy : (HO, G, WO, O/G, N) array
    call : ConvArguments
    lowered : (HO, G, W, KH, C/G, N) array

    Returns
    -------
    dweight : (O, C/G, KH, KW) array
    """
    height, groups, width, filters, images = dy.shape
    windows, cells = windows_of(lowered, call), call.weight[0].size
    some_cells = slices(cells, min(max(SMALL // (filters * images), 1), cells))
    sums = np.empty((height, groups, cells, filters), dy.dtype)

    def work(rows):
        turned = scratch("turned", dy[rows].swapaxes(3, 4).shape, dy.dtype)
        np.copyto(turned, dy[rows].swapaxes(3, 4))
        products = scratch("products", (len(turned), *windows.shape[1:4], filters), dy.dtype)
        for some in some_cells:
            np.matmul(windows[rows][:, :, :, some], turned, out=products[:, :, :, some])
        products.sum(axis=2, out=sums[rows])

    for_each(work, cut(height, groups * width * filters * (cells + images)))
    channels, down, across = call.weight.shape[1:]
    dweight = sums.sum(axis=0).reshape(groups, across, down, channels, filters)
    return dweight.transpose(0, 4, 3, 2, 1).reshape(call.weight.shape)


def image_gradient(dy, call):
    """Add what every place sends back to its window, and then the copies of each pixel.

    Parameters
    ----------
    dy : (HO, G, WO, O/G, N) array
    call : ConvArguments

    Returns
    -------
    dx : (N, C, H, W) view of memory in the order (H, W, C, N)
    """
    height, groups, width, _, images = dy.shape
    weight = np.ascontiguousarray(matrices(call).swapaxes(1, 2))
    some_images = slices(images, min(max(SMALL // weight[0].size, 1), images))
    lowered = np.empty(lowered_shape(call), dy.dtype)
    padded, inside = surroundings(call)
    channels, down, across = call.weight.shape[1:]

    def send(row):
        lowered[row] = 0
        parts = scratch("parts", (groups, width, weight.shape[1], images), dy.dtype)
        for some in some_images:
            np.matmul(weight[:, np.newaxis], dy[row][..., some], out=parts[..., some])
        parts = parts.reshape(groups, width, across, down, channels, images)
        for b in range(across):
            lowered[row][:, every(width, call.stride[1], b)] += parts[:, :, b]

    def add_up(some):
        padded[:, some] = 0
        for a in range(down):
            pixels = padded[every(height, call.stride[0], a * call.dilation[0]), some]
            pixels = pixels.reshape(height, -1, groups, channels, images)
            pixels += lowered[:, :, some, a].swapaxes(1, 2)

    for_each(send, range(height))
    for_each(add_up, slices(len(padded[0]), -(-len(padded[0]) // cores())))
    return padded[inside].transpose(3, 2, 0, 1)


def size_of_all(call):
    """Return the largest number of numbers that either way keeps."""
    return max(np.prod(lowered_shape(call)), call.shape[2] * call.weight.size)


def lowered_shape(call):
    """Return the shape of all windows, overlapping as they do: (HO, G, W, KH, C/G, N)."""
    images, _, _, width = call.x.shape
    channels, down = call.weight.shape[1:3]
    return call.shape[2], call.groups, width + sum(call.padding[1]), down, channels, images


def surroundings(call):
    """Return memory for padded images, and where the images themselves lie in it.

    Returns
    -------
    padded : (top + H + bottom, left + W + right, C, N) array
    inside : (rows, columns)
    """
    images, channels, *size = call.x.shape
    inside = tuple(slice(before, before + n) for n, (before, _) in zip(size, call.padding))
    size = [n + sum(padding) for n, padding in zip(size, call.padding)]
    return np.empty((*size, channels, images), call.x.dtype), inside


def lower(call):
    """Copy the image rows under each row of the kernel next to each other.

    Returns
    -------
    lowered : (HO, G, W, KH, C/G, N) array
    """
    padded, inside = surroundings(call)
    if np.any(call.padding):
        padded[...] = 0
    padded[inside] = call.x.transpose(2, 3, 1, 0)
    lowered = np.empty(lowered_shape(call), padded.dtype)
    row, column, channel, image = padded.strides
    group = channel * lowered.shape[4]
    down, apart = row * call.stride[0], row * call.dilation[0]
    pixels = as_strided(padded, lowered.shape, (down, group, column, apart, channel, image))
    for_each(lambda i: np.copyto(lowered[i], pixels[i]), range(len(lowered)))
    return lowered


def windows_of(lowered, call):
    """Return the windows of all places as a view.

    Returns
    -------
    windows : (HO, G, WO, KW * KH * C/G, N) view
    """
    row, group, column, _, channel, image = lowered.strides
    shape = *lowered.shape[:2], call.shape[3], call.weight[0].size, lowered.shape[5]
    return as_strided(lowered, shape, (row, group, column * call.stride[1], channel, image))


def cut(rows, per_row):
    """Return blocks of rows that fit in the cache, and keep all cores busy."""
    return slices(rows, min(max(BLOCK // per_row, 1), -(-rows // cores())))


def every(count, step, start):
    """Return `count` indices from `start` on."""
    return slice(start, start + (count - 1) * step + 1, step)


def matrices(call):
    """Return the kernels as matrices whose columns are in the order of a window's rows.

    Returns
    -------
    weight : (G, O/G, KW * KH * C/G) array
    """
    turned = call.weight.transpose(0, 3, 2, 1)
    return np.ascontiguousarray(turned).reshape(call.groups, -1, call.weight[0].size)
