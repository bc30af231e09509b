"""Sums that stay in registers until they are complete: the innermost loop of `loops`.

A tile is some vectors of neighbouring sums for each of some kernels. The pixels under a cell are
loaded once for all kernels, and a weight once for all pixels::

    for each cell:                          # 6 vectors of 16 pixels, 4 kernels
        p0, ..., p5 = the pixels under it
        for each kernel:
            y0 += weight * p0, ..., y5 += weight * p5

That is 24 vectors of multiply-adds for 10 loads. The compiler does not find it by itself, for it
makes vectors of an innermost loop only. So it is written in LLVM's own instructions here, which
Numba puts where `add_up` is called. Importing this module imports Numba.

Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from convlib.fast.rates import kind

# Bytes of a vector, and kernels at a time where there are enough: 24 sums for 32 registers, or
# 12 for 16.
VECTOR, MANY = (64, 8) if kind() == "AVX-512" else (32, 4)
FEW = 4  # kernels at a time where there are no more
VECTORS = 3  # of sums for each kernel


def tile_of(kernels):
    """Return `add_up` for so many kernels, a function for compiled loops.

    It takes

    - sums, a (kernels, S) array that is filled, and the place in its rows where the tile begins
    - pixels, a (P,) array, and the place of the tile
    - starts, a (cells,) array: where the pixels under a cell are, from that place on
    - weight, a (kernels, cells) array
    - bias, a (kernels,) array

    All arrays are in C order, and places are unsigned.
    """

    @intrinsic
    def add_up(typing, sums, to, pixels, place, starts, weight, bias):
        def generate(context, builder, signature, arguments):
            number = context.get_data_type(pixels.dtype)
            arrays = [
                context.make_array(kind)(context, builder, value)
                for kind, value in zip(signature.args, arguments)
                if isinstance(kind, types.Array)
            ]
            lanes = VECTOR // context.get_abi_sizeof(number)
            write(builder, ir.VectorType(number, lanes), kernels, *arrays, *arguments[1:4:2])
            return context.get_dummy_value()

        return types.void(sums, types.uintp, pixels, types.uintp, starts, weight, bias), generate

    return add_up


def write(builder, vector, kernels, sums, pixels, starts, weight, bias, to, place):
    """Write the instructions of a tile: the arguments of `add_up` are values of the compiler."""
    multiply_add = of_floats if isinstance(vector.element, FLOATS) else of_integers
    cells, row = builder.extract_value(starts.shape, 0), builder.extract_value(sums.shape, 1)
    places = [to.type(v * vector.count) for v in range(VECTORS)]
    totals = [[cgutils.alloca_once(builder, vector) for _ in places] for _ in range(kernels)]

    def number(array, *terms):
        return builder.load(pointer(builder, array, *terms))

    def vectors(array, *terms):
        some = (pointer(builder, array, *terms, place) for place in places)
        return [builder.bitcast(one, vector.as_pointer()) for one in some]

    for k, kernel in enumerate(totals):
        first = repeated(builder, number(bias, to.type(k)), vector)
        for total in kernel:
            builder.store(first, total)
    with cgutils.for_range(builder, cells) as loop:
        under = vectors(pixels, place, number(starts, loop.index))
        seen = [builder.load(one, align=1) for one in under]
        for k, kernel in enumerate(totals):
            at = builder.mul(cells, to.type(k))
            factor = repeated(builder, number(weight, at, loop.index), vector)
            for total, some in zip(kernel, seen):
                builder.store(multiply_add(builder, some, factor, builder.load(total)), total)
    for k, kernel in enumerate(totals):
        for total, out in zip(kernel, vectors(sums, builder.mul(row, to.type(k)), to)):
            builder.store(builder.load(total), out, align=1)


def pointer(builder, array, *terms):
    """Write where the element stands whose index is the sum of some terms."""
    index, *others = terms
    for term in others:
        index = builder.add(index, term)
    return builder.gep(array.data, [index])


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

    It takes the array to fill and a place in it, and the array to read and where to start.
    """

    @intrinsic
    def take(typing, to, place, source, start):
        def generate(context, builder, signature, arguments):
            target, origin = (
                context.make_array(signature.args[i])(context, builder, arguments[i]) for i in (0, 2)
            )
            number = context.get_data_type(to.dtype)
            lanes = VECTOR // context.get_abi_sizeof(number)
            vector = ir.VectorType(number, lanes)

            def at(array, *terms):
                return builder.bitcast(pointer(builder, array, *terms), vector.as_pointer())

            first = builder.load(at(origin, arguments[3]), align=1)
            # The last numbers come from a vector that ends with them.
            end = arguments[3].type((step - 1) * (lanes - 1))
            last = builder.load(at(origin, arguments[3], end), align=1)
            inside = -(-lanes // step)
            chosen = [step * i if i < inside else step * i - end.constant + lanes for i in range(lanes)]
            order = ir.Constant(ir.VectorType(ir.IntType(32), lanes), chosen)
            builder.store(builder.shuffle_vector(first, last, order), at(target, arguments[1]), align=1)
            return context.get_dummy_value()

        return types.void(to, types.uintp, source, types.uintp), generate

    return take
