"""What compiled loops do with vectors, where the compiler needs to be told.

A tile is some vectors of neighbouring sums for each of some kernels. They stay in registers until
the last cell of the kernels. The pixels under a cell are loaded once for all kernels, and a weight
once for all pixels::

    for each cell:                              # 8 kernels, 3 vectors of 16 pixels
        p0, p1, p2 = the pixels under it
        for each kernel:
            y0, y1, y2  +=  weight * p0, weight * p1, weight * p2

That is 24 vectors of multiply-adds for 3 vectors and 8 weights that are loaded. The compiler does
not find it by itself, for it makes vectors of an innermost loop only. So it is written in LLVM's
own instructions, which Numba puts in the place of a call. Importing this module imports Numba.

Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

from convlib.fast import piles
from convlib.fast.compiled import KERNELS
from convlib.fast.rates import kind

# Bytes of a vector, and kernels at a time where there are enough; for so many, vectors of each.
# MANY kernels have 24 sums for 32 registers, or 12 for 16.
VECTOR, MANY = (64, 8) if kind() == "AVX-512" else (32, 4)
VECTORS = {1: 6, KERNELS: 4, MANY: 3}


@intrinsic
def take_long_vectors(typing):
    """Take vectors of 512 bits where there are any; left alone, the compiler takes half of that."""

    def generate(context, builder, signature, arguments):
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.void(), generate


def tile_of(kernels, many):
    """Return `add_up` for so many kernels and vectors of each, a function for compiled loops.

    It takes

    - sums, a (kernels or more, S) array that is filled, where in its rows the tile begins, and how
      many of the tile's sums are wanted: what follows them is not touched
    - pixels, a (P,) array, and the place of the tile
    - starts, a (cells,) array: where the pixels under a cell are, from that place on
    - weight, a (kernels, cells) array
    - bias, a (kernels,) array

    All arrays are in C order, and places are unsigned.
    """

    @intrinsic
    def add_up(typing, sums, to, count, pixels, place, starts, weight, bias):
        def generate(context, builder, signature, arguments):
            arrays = arrays_of(context, builder, signature, arguments)
            vector = vector_of(context, pixels.dtype)
            numbers = arguments[1], arguments[2], arguments[4]
            write_tile(builder, vector, kernels, many, *arrays, *numbers)
            return context.get_dummy_value()

        place = types.uintp
        return types.void(sums, place, place, pixels, place, starts, weight, bias), generate

    return add_up


def arrays_of(context, builder, signature, arguments):
    """Return those of the arguments that are arrays, with their parts."""
    return [
        context.make_array(kind)(context, builder, value)
        for kind, value in zip(signature.args, arguments)
        if isinstance(kind, types.Array)
    ]


def vector_of(context, dtype):
    """Return the compiler's type for a vector of numbers."""
    number = context.get_data_type(dtype)
    return ir.VectorType(number, VECTOR // context.get_abi_sizeof(number))


def write_tile(
    builder, vector, kernels, many, sums, pixels, starts, weight, bias, to, count, place
):
    """Write the instructions of a tile: the arguments of `add_up` are values of the compiler."""
    multiply_add = of_floats if isinstance(vector.element, FLOATS) else of_integers
    cells, row = builder.extract_value(starts.shape, 0), builder.extract_value(sums.shape, 1)
    places = [to.type(v * vector.count) for v in range(many)]
    totals = [[cgutils.alloca_once(builder, vector) for _ in places] for _ in range(kernels)]

    def number(array, *terms):
        return builder.load(pointer(builder, array, *terms))

    def vectors(array, *terms):
        return [at(builder, array, vector, *terms, place) for place in places]

    for k, kernel in enumerate(totals):
        first = repeated(builder, number(bias, to.type(k)), vector)
        for total in kernel:
            builder.store(first, total)
    with cgutils.for_range(builder, cells) as loop:
        under = vectors(pixels, place, number(starts, loop.index))
        seen = [builder.load(one, align=1) for one in under]
        for k, kernel in enumerate(totals):
            row_of_weights = builder.mul(cells, to.type(k))
            factor = repeated(builder, number(weight, row_of_weights, loop.index), vector)
            for total, some in zip(kernel, seen):
                builder.store(multiply_add(builder, some, factor, builder.load(total)), total)
    outs = [vectors(sums, builder.mul(row, to.type(k)), to) for k in range(kernels)]
    for v, first in enumerate(places):
        with builder.if_then(builder.icmp_unsigned("<", first, count)):
            wanted = wanted_of(builder, vector, count, first)
            for kernel, out in zip(totals, outs):
                store(builder, builder.load(kernel[v]), out[v], wanted)


def wanted_of(builder, vector, count, first):
    """Write which numbers of the vector that begins at `first` are among the first `count`."""
    lanes = ir.VectorType(count.type, vector.count)
    numbers = ir.Constant(lanes, [first.constant + lane for lane in range(vector.count)])
    return builder.icmp_unsigned("<", numbers, repeated(builder, count, lanes))


def store(builder, numbers, out, wanted):
    """Write those numbers of a vector that are wanted."""
    align = ir.IntType(32)(1)
    kind = ir.FunctionType(ir.VoidType(), [numbers.type, out.type, align.type, wanted.type])
    name = f"llvm.masked.store.v{numbers.type.count}{numbers.type.element.intrinsic_name}.p0"
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    builder.call(function, [numbers, out, align, wanted])


def pointer(builder, array, *terms):
    """Write where the element stands whose index is the sum of some terms."""
    index, *others = terms
    for term in others:
        index = builder.add(index, term)
    return builder.gep(array.data, [index])


def at(builder, array, vector, *terms):
    """Write where a vector stands whose first number has that index."""
    return builder.bitcast(pointer(builder, array, *terms), vector.as_pointer())


def repeated(builder, number, vector):
    """Write a vector of one number."""
    nothing, first = ir.Constant(vector, ir.Undefined), ir.VectorType(ir.IntType(32), vector.count)
    one = builder.insert_element(nothing, number, first.element(0))
    return builder.shuffle_vector(one, nothing, ir.Constant(first, None))


FLOATS = ir.FloatType, ir.DoubleType


def of_floats(builder, some, factor, total):
    """Write the products and sums, where one instruction may do both and round once."""
    product = builder.fmul(some, factor, flags=["contract"])
    return builder.fadd(total, product, flags=["contract"])


def of_integers(builder, some, factor, total):
    """Write the products and sums."""
    return builder.add(total, builder.mul(some, factor))


def mover_of(step):
    """Return `take`, a function for compiled loops that copies a vector of every `step`-th number.

    It takes the array to fill and a place in it, and the array to read and where to start. With a
    step of 1 or 2 it reads nothing beyond the last of the numbers.
    """

    @intrinsic
    def take(typing, to, place, source, start):
        def generate(context, builder, signature, arguments):
            target, origin = arrays_of(context, builder, signature, arguments)
            vector, (_, place, _, start) = vector_of(context, to.dtype), arguments
            # Two vectors, of which the second ends with the last number.
            apart, half = (step - 1) * (vector.count - 1), -(-vector.count // step)
            front = builder.load(at(builder, origin, vector, start), align=1)
            back = builder.load(at(builder, origin, vector, start, start.type(apart)), align=1)
            wanted = range(0, vector.count * step, step)
            order = [*wanted[:half], *(vector.count + i - apart for i in wanted[half:])]
            order = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), order)
            numbers = builder.shuffle_vector(front, back, order)
            builder.store(numbers, at(builder, target, vector, place), align=1)
            return context.get_dummy_value()

        return types.void(to, types.uintp, source, types.uintp), generate

    return take


take_all, take_every_second = mover_of(1), mover_of(2)


@overload(piles.move, inline="always")
def moved(to, place, source, start, count, step):
    """Return how compiled loops do `piles.move`."""

    def move(to, place, source, start, count, step):
        lanes = VECTOR // to.itemsize
        if step > 2 or count < lanes:
            for j in range(np.uintp(count)):
                to[np.uintp(place) + j] = source[np.uintp(start) + np.uintp(step) * j]
            return
        for first in range(0, count, lanes):
            j = min(first, count - lanes)  # the last vector ends where the numbers end
            there, here = np.uintp(place + j), np.uintp(start + j * step)
            if step == 1:
                take_all(to, there, source, here)
            else:
                take_every_second(to, there, source, here)

    return move
