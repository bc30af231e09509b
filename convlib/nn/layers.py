"""Layers: each computes `y` of `x`, and returns the way back for gradients with it.

``y, back = layer(x)`` and ``dx, gradients = back(dy)``. A network is a layer, too: forward through
its layers from first to last, and back from last to first. That is the chain rule.
"""

import numpy as np

from convlib.fast import avgpool, conv2d
from convlib.grad import avgpool_backward, conv2d_backward, places
from convlib.grad.pooling import send_to_winners, winners
from convlib.shapes import conv_arguments, integer, like_input, numbers_array, pair, pool_arguments

__all__ = ["Conv2D", "MaxPool", "AvgPool", "ReLU", "Flatten", "Dense", "Network"]


class Layer:
    """What all layers share. `parameters` maps names to arrays, which training changes in place.

    Its calls take ``x`` (N, ...), and ``back`` takes ``dy`` and `to_x`: whether anybody asks for
    ``dx``. The first layer's is as much work as another layer's and often for nothing.
    """

    def __init__(self, *told, **options):
        self.parameters = {}
        self._told = [repr(value) for value in told]
        self._told += [f"{name}={value!r}" for name, value in options.items()]

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(self._told)})"

    def output_shape(self, shape):
        """Return the shape of one output for one input, or raise ValueError if it does not fit."""
        y, _ = self(np.zeros((1, *shape), np.float32))
        return y.shape[1:]


def start(rng, shape, fan_in, dtype):
    """Draw weights that neither blow an image up nor let it fade: He et al., 2015."""
    rng = np.random.default_rng(rng)
    return (rng.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(dtype)


class Conv2D(Layer):
    """Convolve with `filters` kernels, and add a bias to each: ``conv2d`` as a layer.

    Parameters
    ----------
    channels, filters : int
        Of the image that comes in and of the one that goes out.
    size : int or (rows, columns)
    rng : int, Generator or None
        Where the weights come from; a seed makes them repeatable.
    dtype : dtype
        Of the weights.
    **options
        Stride, padding, dilation and groups, as ``conv2d`` takes them.

    Examples
    --------
    >>> y, back = Conv2D(1, 8, 3, padding=1, rng=0)(np.ones((2, 1, 28, 28), np.float32))
    >>> dx, gradients = back(y)
    >>> y.shape, dx.shape, gradients["weight"].shape
    ((2, 8, 28, 28), (2, 1, 28, 28), (8, 1, 3, 3))
    """

    def __init__(self, channels, filters, size, *, rng=None, dtype=np.float32, **options):
        super().__init__(channels, filters, size, **options)
        groups = integer(options.get("groups", 1), "groups")
        channels, filters = integer(channels, "channels"), integer(filters, "filters")
        if channels % groups or filters % groups:
            raise ValueError(
                f"groups {groups} must divide channels {channels} and filters {filters}"
            )
        shape = filters, channels // groups, *pair(size, "size")
        self.options = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1} | options
        self.parameters = {
            "weight": start(rng, shape, np.prod(shape[1:]), dtype),
            "bias": np.zeros(filters, dtype),
        }

    def arguments(self, x):
        return conv_arguments(x, *self.parameters.values(), **self.options)

    def output_shape(self, shape):
        return self.arguments(np.broadcast_to(np.float32(0), (1, *shape))).shape[1:]

    def __call__(self, x):
        call = self.arguments(x)
        y, lowered = places.there(call)
        if y is None:
            y = conv2d(x, *self.parameters.values(), **self.options)

        def back(dy, to_x=True):
            if lowered is None:
                gradients = conv2d_backward(dy, x, self.parameters["weight"], **self.options)
            else:
                gradients = places.back(dy, call, lowered, to_x)
            dx, dweight, dbias = gradients
            return dx if to_x else None, {"weight": dweight, "bias": dbias}

        return y, back


class MaxPool(Layer):
    """Keep the largest number of every window: ``maxpool`` as a layer, with its arguments.

    Parameters
    ----------
    size : int or (rows, columns)
        Of the window.
    **options
        As the function takes them, such as `stride` and `padding`.

    Examples
    --------
    >>> MaxPool(2).output_shape((8, 28, 28))
    (8, 14, 14)
    """

    def __init__(self, size, **options):
        super().__init__(size, **options)
        self.call = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
        self.call |= {"size": size} | options

    def __call__(self, x):
        call = pool_arguments(x, **self.call)
        y, winner = winners(call)

        def back(dy, to_x=True):
            return like_input(send_to_winners(dy, winner, call), x.ndim), {}

        return y, back


class AvgPool(Layer):
    """Take the mean of every window: ``avgpool`` as a layer, with its arguments.

    Parameters
    ----------
    size : int or (rows, columns)
        Of the window.
    **options
        As the function takes them, such as `stride` and `padding`.

    Examples
    --------
    >>> AvgPool(2).output_shape((8, 28, 28))
    (8, 14, 14)
    """

    def __init__(self, size, **options):
        super().__init__(size, **options)
        self.size, self.options = size, options

    def __call__(self, x):
        y = avgpool(x, self.size, **self.options)
        return y, lambda dy, to_x=True: (avgpool_backward(dy, x, self.size, **self.options), {})


class ReLU(Layer):
    """Keep what is above zero; the rest becomes zero, and sends nothing back.

    Examples
    --------
    >>> y, back = ReLU()(np.array([[-1.0, 0.0, 2.0]]))
    >>> y, back(np.array([[5.0, 5.0, 5.0]]))[0]
    (array([[0., 0., 2.]]), array([[0., 0., 5.]]))
    """

    def __init__(self):
        super().__init__()

    def __call__(self, x):
        return np.maximum(x, 0), lambda dy, to_x=True: (dy * (x > 0), {})


class Flatten(Layer):
    """Lay the channels, rows and columns of each image out in one line.

    Examples
    --------
    >>> Flatten().output_shape((8, 14, 14))
    (1568,)
    """

    def __init__(self):
        super().__init__()

    def __call__(self, x):
        return x.reshape(len(x), -1), lambda dy, to_x=True: (dy.reshape(x.shape), {})


class Dense(Layer):
    """Weigh all inputs for each output, and add a bias: ``y = x @ weight.T + bias``.

    Parameters
    ----------
    inputs, outputs : int
    rng, dtype : as for `Conv2D`

    Examples
    --------
    >>> y, back = Dense(4, 10, rng=0)(np.ones((2, 4), np.float32))
    >>> y.shape, back(y)[1]["weight"].shape
    ((2, 10), (10, 4))
    """

    def __init__(self, inputs, outputs, *, rng=None, dtype=np.float32):
        super().__init__(inputs, outputs)
        inputs, outputs = integer(inputs, "inputs"), integer(outputs, "outputs")
        self.parameters = {
            "weight": start(rng, (outputs, inputs), inputs, dtype),
            "bias": np.zeros(outputs, dtype),
        }

    def output_shape(self, shape):
        outputs, inputs = self.parameters["weight"].shape
        if shape != (inputs,):
            raise ValueError(f"takes {inputs} numbers in one line, not {shape}")
        return (outputs,)

    def __call__(self, x):
        weight, bias = self.parameters.values()
        self.output_shape(x.shape[1:])

        def back(dy, to_x=True):
            # The transposes leave dx in the memory order of x, which is what Flatten got.
            return (weight.T @ dy.T).T, {"weight": dy.T @ x, "bias": dy.sum(axis=0)}

        return x @ weight.T + bias, back


class Network(Layer):
    """Pass an image through layers, one after the other. ``network[:2]`` are its first two.

    Parameters
    ----------
    *layers : Layer
        The first one takes the image.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> network = Network(Conv2D(1, 8, 3, rng=rng), ReLU(), Flatten(), Dense(5408, 10, rng=rng))
    >>> network.shapes((1, 28, 28))
    [(8, 26, 26), (8, 26, 26), (5408,), (10,)]
    >>> network.count()
    54170
    """

    def __init__(self, *layers):
        super().__init__(*layers)
        self.layers, self._fits = layers, None
        self.parameters = {
            f"{number}.{name}": array
            for number, layer in enumerate(layers)
            for name, array in layer.parameters.items()
        }

    def __getitem__(self, which):
        return Network(*self.layers[which]) if isinstance(which, slice) else self.layers[which]

    def count(self):
        """Count the numbers that training can change."""
        return sum(array.size for array in self.parameters.values())

    def shapes(self, shape):
        """Return the shape behind every layer for one image of this shape, such as (1, 28, 28)."""
        shapes, before = [], "the input"
        for number, layer in enumerate(self.layers):
            try:
                shapes.append(layer.output_shape(tuple(shape)))
            except ValueError as error:
                raise ValueError(
                    f"layer {number}, {layer}, does not fit {before}, which gives {shape}: {error}"
                ) from None
            shape, before = shapes[-1], f"layer {number}, {layer}"
        return shapes

    def output_shape(self, shape):
        return self.shapes(shape)[-1] if self.layers else shape

    def outputs(self, x):
        """Return what every layer makes of `x`."""
        outputs = []
        for layer in self.layers:
            outputs.append(layer(outputs[-1] if outputs else x)[0])
        return outputs

    def __call__(self, x):
        if numbers_array(x, "x").shape[1:] != self._fits:
            self.shapes(x.shape[1:])
            self._fits = x.shape[1:]
        backs = []
        for layer in self.layers:
            x, back = layer(x)
            backs.append(back)

        def all_back(dy, to_x=True):
            gradients = {}
            for number, back in reversed([*enumerate(backs)]):
                dy, own = back(dy, to_x or number > 0)
                gradients |= {f"{number}.{name}": gradient for name, gradient in own.items()}
            return dy, gradients

        return x, all_back
