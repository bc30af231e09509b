// Convolution, pooling and what a small network needs, on plain arrays: the operations of convlib,
// equal by test, errors included. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  // A mistake in what was asked for; its message is the sentence of convlib's error.
  class Mistake extends Error {}

  // ---------------------------------------------------------------- arrays

  // An array is {shape, data}: its numbers row by row, in a plain or a typed array. A whole number
  // that is too big to be exact is a BigInt.
  function array(rows) {
    const shape = [];
    for (let part = rows; Array.isArray(part); part = part[0]) shape.push(part.length);
    return { shape, data: rows.flat(Infinity) };
  }

  function nested({ shape, data }) {
    let rows = [...data];
    for (const n of shape.slice(1).toReversed()) {
      const all = rows;
      rows = Array.from({ length: all.length / n }, (_, i) => all.slice(i * n, (i + 1) * n));
    }
    return rows;
  }

  function isWhole(data) {
    return data.every((value) => Number.isSafeInteger(value) || typeof value === "bigint");
  }

  function size(shape) {
    return shape.reduce((cells, n) => cells * n, 1);
  }

  // ---------------------------------------------------------------- sizes and checks

  // Writes a value the way Python does.
  function repr(value) {
    if (value === null || value === undefined) return "None";
    if (Array.isArray(value))
      return `(${value.map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
    if (typeof value === "string") return value.includes("'") ? `"${value}"` : `'${value}'`;
    if (typeof value === "boolean") return value ? "True" : "False";
    if (Number.isNaN(value)) return "nan";
    if (Math.abs(value) === Infinity) return value < 0 ? "-inf" : "inf";
    const isTiny = value !== 0 && Math.abs(value) < 1e-4;
    return String(isTiny ? value.toExponential() : value).replace(/e-(\d)$/, "e-0$1");
  }

  function integer(value, name, least = 1) {
    if (!Number.isInteger(value))
      throw new Mistake(`${name} must be an integer; got ${repr(value)}`);
    if (value < least) throw new Mistake(`${name} must be at least ${least}; got ${repr(value)}`);
    return value;
  }

  // Returns [rows, columns]; one integer stands for both.
  function pair(value, name, least = 1) {
    if (!Array.isArray(value)) return Array(2).fill(integer(value, name, least));
    if (value.length !== 2)
      throw new Mistake(`${name} must be one integer or two; got ${repr(value)}`);
    return value.map((part) => integer(part, name, least));
  }

  function span(k, dilation) {
    return dilation * (k - 1) + 1;
  }

  function axisPadding(padding, n, k, stride, dilation) {
    if (typeof padding !== "string") return pair(padding, "padding", 0);
    if (padding === "valid") return [0, 0];
    if (padding !== "same") {
      throw new Mistake(`padding must be "valid", "same" or numbers; got "${padding}"`);
    }
    const places = Math.ceil(n / stride);
    const total = Math.max((places - 1) * stride + span(k, dilation) - n, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  }

  // Returns [[top, bottom], [left, right]] for every form of padding.
  function sides(padding, image, window, stride, dilation) {
    if (typeof padding === "string") {
      return [0, 1].map((a) => axisPadding(padding, image[a], window[a], stride[a], dilation[a]));
    }
    if (Array.isArray(padding) && padding.length === 2) {
      return padding.map((side) => pair(side, "padding", 0));
    }
    const both = pair(padding, "padding", 0);
    return [both, both];
  }

  function sizes(values) {
    return values.length === 1 ? String(values[0]) : repr(values);
  }

  function checkFit(window, image, k, stride, padding, dilation, ceilMode = false) {
    const padded = image.map((n, a) => n + padding[a][0] + padding[a][1]);
    const spans = k.map((n, a) => span(n, dilation[a]));
    const lacks = spans.map((n, a) => n - padded[a] - (ceilMode ? stride[a] - 1 : 0));
    const missing = Math.max(...lacks);
    if (missing <= 0) return;
    const isSpread = spans.some((n, a) => n !== k[a]);
    const isPadded = padded.some((n, a) => n !== image[a]);
    const what = isSpread ? ` with dilation ${sizes(dilation)} spans ${sizes(spans)} and` : "";
    const where = isPadded ? ` padded to ${sizes(padded)}` : "";
    throw new Mistake(
      `${window} ${sizes(k)}${what} does not fit image ${sizes(image)}${where}; ` +
        `pad each axis by at least ${missing}${isPadded ? " more" : ""} in all`,
    );
  }

  function count(n, k, stride, [before, after], dilation, ceilMode = false) {
    const room = n + before + after - span(k, dilation);
    const places = Math.floor(room / stride) + 1;
    return ceilMode && room % stride && places * stride < before + n ? places + 1 : places;
  }

  function outputSize(n, k, { stride = 1, padding = 0, dilation = 1, ceil_mode = false } = {}) {
    [n, k] = [integer(n, "n"), integer(k, "k")];
    [stride, dilation] = [integer(stride, "stride"), integer(dilation, "dilation")];
    const around = axisPadding(padding, n, k, stride, dilation);
    checkFit("kernel", [n], [k], [stride], [around], [dilation], ceil_mode);
    return count(n, k, stride, around, dilation, ceil_mode);
  }

  function counts(image, k, stride, padding, dilation, ceilMode) {
    return image.map((n, a) => count(n, k[a], stride[a], padding[a], dilation[a], ceilMode));
  }

  // Returns a batch of images, (N, C, H, W).
  function imageBatch({ shape, data }) {
    if (!data.length) throw new Mistake(`x is empty: its shape is ${repr(shape)}`);
    if (shape.length < 2 || shape.length > 4) {
      throw new Mistake(`x must be (H, W), (C, H, W) or (N, C, H, W); got shape ${repr(shape)}`);
    }
    return { shape: [...Array(4 - shape.length).fill(1), ...shape], data };
  }

  function kernelStack(weight, x) {
    if (!weight.data.length)
      throw new Mistake(`weight is empty: its shape is ${repr(weight.shape)}`);
    const [dimensions, flat] = [weight.shape.length, x.shape.length === 2];
    if (dimensions === 2 && flat) return { shape: [1, 1, ...weight.shape], data: weight.data };
    if (dimensions === 4 && !flat) return weight;
    throw new Mistake(
      "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight " +
        `(O, C/groups, KH, KW); got x ${repr(x.shape)} and weight ${repr(weight.shape)}`,
    );
  }

  function checkChannels(channels, weight, groups) {
    const [filters, perGroup] = weight;
    if (channels % groups || filters % groups) {
      throw new Mistake(
        `groups ${groups} must divide the ${channels} channels of x ` +
          `and the ${filters} filters of weight ${repr(weight)}`,
      );
    }
    if (perGroup * groups !== channels) {
      throw new Mistake(
        `x has ${channels} channels, but weight ${repr(weight)} with groups ${groups} ` +
          `takes ${perGroup * groups}`,
      );
    }
  }

  function biasList(bias, filters, weight) {
    if (bias === null) return Array(filters).fill(0);
    if (typeof bias !== "object" && weight.shape.length === 2) return [bias];
    if (bias.shape.length !== 1 || bias.shape[0] !== filters) {
      throw new Mistake(
        `bias ${repr(bias.shape)} must hold one number for each of the ${filters} filters ` +
          `of weight ${repr(weight.shape)}`,
      );
    }
    return [...bias.data];
  }

  function convArguments(
    x,
    weight,
    bias,
    { stride = 1, padding = 0, dilation = 1, groups = 1 } = {},
  ) {
    const images = imageBatch(x);
    const kernels = kernelStack(weight, x);
    const [image, k] = [images.shape.slice(2), kernels.shape.slice(2)];
    checkChannels(images.shape[1], kernels.shape, integer(groups, "groups"));
    const biases = biasList(bias, kernels.shape[0], weight);
    [stride, dilation] = [pair(stride, "stride"), pair(dilation, "dilation")];
    padding = sides(padding, image, k, stride, dilation);
    checkFit("kernel", image, k, stride, padding, dilation);
    const places = counts(image, k, stride, padding, dilation);
    const shape = [images.shape[0], kernels.shape[0], ...places];
    return { images, kernels, biases, stride, padding, dilation, groups, shape };
  }

  function poolArguments(
    x,
    window,
    { stride = null, padding = 0, dilation = 1, ceil_mode = false } = {},
  ) {
    const images = imageBatch(x);
    const image = images.shape.slice(2);
    window = pair(window, "size");
    stride = stride === null ? window : pair(stride, "stride");
    dilation = pair(dilation, "dilation");
    const isWord = typeof padding === "string";
    padding = sides(padding, image, window, stride, dilation);
    if (!isWord) checkHalf(padding, window);
    checkFit("pool window", image, window, stride, padding, dilation, ceil_mode);
    const places = counts(image, window, stride, padding, dilation, ceil_mode);
    return {
      images,
      window,
      stride,
      padding,
      dilation,
      shape: [...images.shape.slice(0, 2), ...places],
    };
  }

  function checkHalf(padding, window) {
    const names = [
      ["top", "bottom"],
      ["left", "right"],
    ];
    for (const [a, axis] of padding.entries()) {
      for (const [side, p] of axis.entries()) {
        if (2 * p <= window[a]) continue;
        const where = `padding ${p} at the ${names[a][side]}`;
        throw new Mistake(`${where} is more than half of the pool window ${repr(window)}`);
      }
    }
  }

  // ---------------------------------------------------------------- convolution

  // Surrounds the last two axes with rows and columns of one value.
  function pad({ shape, data }, [[top, bottom], [left, right]], value = 0) {
    const [height, width] = shape.slice(-2);
    const [tall, wide] = [top + height + bottom, left + width + right];
    const images = size(shape.slice(0, -2));
    const padded = new data.constructor(images * tall * wide).fill(value);
    for (let image = 0; image < images; image++) {
      for (let i = 0; i < height; i++) {
        const [from, to] = [(image * height + i) * width, (image * tall + top + i) * wide + left];
        for (let j = 0; j < width; j++) padded[to + j] = data[from + j];
      }
    }
    return { shape: [...shape.slice(0, -2), tall, wide], data: padded };
  }

  // Turns a kernel by half a turn.
  function flip({ shape, data }) {
    const cells = shape.at(-1) * shape.at(-2);
    return { shape, data: data.map((_, at) => data[at - (at % cells) + cells - 1 - (at % cells)]) };
  }

  // Slides kernels over an image and takes a sum of products at every place. Cell by cell of the
  // kernel, all places at once: each place still adds its products in the order of the cells.
  function conv2d(x, weight, bias = null, options = {}) {
    const call = exactly(convArguments(x, weight, bias, options));
    const { images, kernels, biases, stride, dilation, groups, shape, zero } = call;
    const padded = pad(images, call.padding, zero);
    const [, channels, tall, wide] = padded.shape;
    const [filters, perGroup, height, width] = kernels.shape;
    const places = shape[2] * shape[3];
    const y = zero === 0 ? new Float64Array(size(shape)) : Array(size(shape)).fill(zero);
    for (let map = 0; map < shape[0] * filters; map++) {
      const [n, o] = [Math.floor(map / filters), map % filters];
      const first = n * channels + Math.floor(o / (filters / groups)) * perGroup;
      let at = o * perGroup * height * width;
      for (let c = 0; c < perGroup; c++) {
        for (let a = 0; a < height; a++) {
          for (let b = 0; b < width; b++) {
            const from = ((first + c) * tall + a * dilation[0]) * wide + b * dilation[1];
            const steps = [stride[0] * wide, stride[1]];
            addShifted(y, map * places, shape, padded.data, from, steps, kernels.data[at++]);
          }
        }
      }
      for (let place = 0; place < places; place++) y[map * places + place] += biases[o];
    }
    return likeInput(zero === 0 ? y : y.map(fromInt64), shape, x);
  }

  // Adds one weight times the pixel that it meets at every place of a map.
  function addShifted(y, to, [, , rows, columns], x, from, [down, across], weight) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0, pixel = from + i * down; j < columns; j++, pixel += across) {
        y[to++] += x[pixel] * weight;
      }
    }
  }

  function largest(data) {
    return data.reduce((most, value) => Math.max(most, Math.abs(Number(value))), 0);
  }

  function big({ shape, data }) {
    return { shape, data: Array.from(data, BigInt) };
  }

  // Whole numbers whose sums may be too big to be exact are added as BigInt.
  function exactly(call) {
    const { images, kernels, biases } = call;
    const all = [images.data, kernels.data, biases];
    const cells = size(kernels.shape.slice(1));
    const bound = largest(images.data) * largest(kernels.data) * cells + largest(biases);
    if (bound <= Number.MAX_SAFE_INTEGER || !all.every(isWhole)) return { ...call, zero: 0 };
    return {
      ...call,
      images: big(images),
      kernels: big(kernels),
      biases: biases.map(BigInt),
      zero: 0n,
    };
  }

  // Wraps like the 64 bits of NumPy's integers.
  function fromInt64(value) {
    const wrapped = BigInt.asIntN(64, value);
    return Number.isSafeInteger(Number(wrapped)) ? Number(wrapped) : wrapped;
  }

  // Multiplies two numbers, whole ones exactly.
  function product(a, b) {
    const isInexact = isWhole([a, b]) && !Number.isSafeInteger(Number(a) * Number(b));
    return isInexact ? fromInt64(BigInt(a) * BigInt(b)) : a * b;
  }

  function likeInput(data, shape, x) {
    return { shape: shape.slice(4 - x.shape.length), data };
  }

  // ---------------------------------------------------------------- pooling

  // Calls visit(plane, row, column, at) for every place of a pool's window: the channel, the pixel
  // that its first cell sees, which may be padding, and the place in the output.
  function eachWindow(call, visit) {
    const [, , rows, columns] = call.shape;
    const [[top], [left]] = call.padding;
    const planes = call.shape[0] * call.shape[1];
    for (let plane = 0; plane < planes; plane++) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          const at = (plane * rows + i) * columns + j;
          visit(plane, i * call.stride[0] - top, j * call.stride[1] - left, at);
        }
      }
    }
  }

  // Keeps the largest number at every place. The first of equal winners counts, and the last NaN.
  function maxpool(x, window, { return_indices = false, ...options } = {}) {
    const call = poolArguments(x, window, options);
    const {
      data,
      shape: [, , height, width],
    } = call.images;
    const lowest = isWhole(data) ? -(2n ** 63n) : -Infinity;
    const [y, indices] = [Array(size(call.shape)), Array(size(call.shape))];
    eachWindow(call, (plane, top, left, at) => {
      let [best, place] = [lowest, -1];
      for (let a = 0; a < call.window[0]; a++) {
        for (let b = 0; b < call.window[1]; b++) {
          const [i, j] = [top + a * call.dilation[0], left + b * call.dilation[1]];
          if (i < 0 || j < 0) continue;
          const isPixel = i < height && j < width;
          const value = isPixel ? data[(plane * height + i) * width + j] : lowest;
          if (place < 0 || value > best || Number.isNaN(value)) {
            [best, place] = [value, i * width + j];
          }
        }
      }
      [y[at], indices[at]] = [best, place];
    });
    if (!return_indices) return likeInput(y, call.shape, x);
    return [likeInput(y, call.shape, x), likeInput(indices, call.shape, x)];
  }

  // Takes the mean at every place. What hangs over the padding is never counted.
  function avgpool(x, window, { count_include_pad = true, ...options } = {}) {
    const call = poolArguments(x, window, { ...options, dilation: 1 });
    const {
      data,
      shape: [, , height, width],
    } = call.images;
    const [bottom, right] = [height + call.padding[0][1], width + call.padding[1][1]];
    const y = new Float64Array(size(call.shape));
    eachWindow(call, (plane, top, left, at) => {
      let [total, cells] = [0, 0];
      for (let i = top; i < Math.min(top + call.window[0], bottom); i++) {
        for (let j = left; j < Math.min(left + call.window[1], right); j++) {
          const isPixel = i >= 0 && j >= 0 && i < height && j < width;
          if (isPixel) total += Number(data[(plane * height + i) * width + j]);
          if (isPixel || count_include_pad) cells += 1;
        }
      }
      y[at] = total / cells;
    });
    return likeInput(y, call.shape, x);
  }

  // ---------------------------------------------------------------- the rest of a small network

  function relu({ shape, data }) {
    return { shape, data: data.map((value) => (value < 0 ? 0 : value)) };
  }

  // Multiplies the last axis of x, (..., F), by a weight (O, F), and adds a bias (O,).
  function dense(x, weight, bias = null) {
    const [outputs, features] = weight.shape;
    const y = new Float64Array((x.data.length / features) * outputs);
    for (let at = 0; at < y.length; at++) {
      const [row, o] = [Math.floor(at / outputs), at % outputs];
      let total = 0;
      for (let f = 0; f < features; f++)
        total += x.data[row * features + f] * weight.data[o * features + f];
      y[at] = total + (bias ? bias.data[o] : 0);
    }
    return { shape: [...x.shape.slice(0, -1), outputs], data: y };
  }

  // Turns the last axis into shares that add up to 1.
  function softmax({ shape, data }) {
    const classes = shape.at(-1);
    const y = new Float64Array(data.length);
    for (let row = 0; row < data.length; row += classes) {
      const values = Array.from(data.slice(row, row + classes));
      const top = Math.max(...values);
      const powers = values.map((value) => Math.exp(value - top));
      const total = powers.reduce((a, b) => a + b, 0);
      for (let at = 0; at < classes; at++) y[row + at] = powers[at] / total;
    }
    return { shape, data: y };
  }

  Object.assign(globalThis.convlib, {
    Mistake,
    array,
    nested,
    repr,
    integer,
    checkFit,
    outputSize,
    convArguments,
    poolArguments,
    pad,
    flip,
    conv2d,
    maxpool,
    avgpool,
    relu,
    dense,
    softmax,
    product,
    span,
  });
})();
