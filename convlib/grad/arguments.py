"""Check what a backward pass gets besides the arguments of its forward pass."""

from convlib.shapes import numbers_array


def output_gradient(dy, call):
    """Check that `dy` has the shape of the output, and return it with every axis present.

    Parameters
    ----------
    dy : array
    call : ConvArguments or PoolArguments

    Returns
    -------
    dy : (N, O, HO, WO) array

    Raises
    ------
    TypeError
        If `dy` is not an array of integers or floats.
    ValueError
        If it does not have the shape of the output.
    """
    dy = numbers_array(dy, "dy")
    expected = call.shape[4 - call.ndim :]
    if dy.shape != expected:
        raise ValueError(f"dy {dy.shape} must have the shape of the output, {expected}")
    return dy.reshape(call.shape)


def inside(padded, call):
    """Return the part of a padded image that is the image itself, as a view.

    Parameters
    ----------
    padded : (..., top + H + bottom, left + W + right) array
    call : ConvArguments or PoolArguments
    """
    (top, _), (left, _) = call.padding
    height, width = call.x.shape[2:]
    return padded[..., top : top + height, left : left + width]
