// Which cells belong together in a network: the patch behind a cell, all pixels that it can see, and
// all cells that a pixel reaches; and the sum of a cell, written out. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { convArguments, poolArguments } = globalThis.convlib;

  const TITLES = {
    conv: "Convolution",
    relu: "ReLU",
    max: "Pooling",
    mean: "Pooling",
    dense: "Scores",
    softmax: "Probabilities",
  };

  // Lists what can be looked at: the input and the output of every layer but those that only lay
  // numbers out in another shape. `before` is the number of the one that it is made of.
  function stops(layers, outputs) {
    const found = [{ kind: "input", title: "Input", output: 0, shape: outputs[0].shape }];
    const counts = {};
    const kinds = layers.map(({ kind }) => TITLES[kind]);
    for (const [number, layer] of layers.entries()) {
      if (layer.kind === "flatten") continue;
      const name = TITLES[layer.kind];
      counts[name] = (counts[name] ?? 0) + 1;
      const isOne = kinds.filter((kind) => kind === name).length === 1;
      found.push({
        kind: layer.kind,
        title: isOne ? name : `${name} ${counts[name]}`,
        layer: number,
        output: number + 1,
        before: found.length - 1,
        shape: outputs[number + 1].shape,
      });
    }
    return found;
  }

  function isFlat({ shape }) {
    return shape.length === 1;
  }

  // Returns {size, stride, padding, dilation} of a layer's window over an image.
  function windowOf(layer, x) {
    if (layer.kind === "conv") {
      const { weight, bias, options } = layer;
      return { ...convArguments(x, weight, bias, options), size: weight.shape.slice(2) };
    }
    if (layer.kind === "relu")
      return {
        size: [1, 1],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [
          [0, 0],
          [0, 0],
        ],
      };
    const call = poolArguments(x, layer.size, layer.options);
    return { ...call, size: call.window };
  }

  // The span [from, to] of rows, or of columns, that a span of the output is made of.
  function spanSeen([from, to], { size, stride, padding, dilation }, a) {
    const first = from * stride[a] - padding[a][0];
    return [first, to * stride[a] - padding[a][0] + dilation[a] * (size[a] - 1)];
  }

  function spanReached([from, to], { size, stride, padding, dilation }, a, places) {
    const first = from + padding[a][0] - dilation[a] * (size[a] - 1);
    return [
      Math.max(Math.ceil(first / stride[a]), 0),
      Math.min(Math.floor((to + padding[a][0]) / stride[a]), places - 1),
    ];
  }

  function whole(stop) {
    return isFlat(stop) ? null : stop.shape.slice(1).map((n) => [0, n - 1]);
  }

  // Lists, for each stop up to that of the cell, the box of rows and columns that the cell can see:
  // [[top, bottom], [left, right]], reaching into the padding; null where it is no map.
  function seenBoxes(layers, outputs, all, { stop, cell }) {
    const boxes = Array(all.length).fill(undefined);
    boxes[stop] = isFlat(all[stop]) ? null : cell.slice(1).map((at) => [at, at]);
    for (let at = stop; at > 0; at = all[at].before) {
      const { before, layer } = all[at];
      if (isFlat(all[at])) boxes[before] = whole(all[before]);
      else {
        const window = windowOf(layers[layer], outputs[all[before].output]);
        boxes[before] = boxes[at].map((span, a) => spanSeen(span, window, a));
      }
    }
    return boxes;
  }

  // Lists, for each stop from the cell's on, the box that it reaches; undefined where it reaches none.
  function reachedBoxes(layers, outputs, all, { stop, cell }) {
    const boxes = Array(all.length).fill(undefined);
    boxes[stop] = isFlat(all[stop]) ? null : cell.slice(1).map((at) => [at, at]);
    for (let at = stop + 1; at < all.length; at++) {
      const { before, layer } = all[at];
      if (boxes[before] === undefined) continue;
      if (isFlat(all[at])) {
        boxes[at] = null;
        continue;
      }
      const window = windowOf(layers[layer], outputs[all[before].output]);
      const places = all[at].shape.slice(1);
      const box = boxes[before].map((span, a) => spanReached(span, window, a, places[a]));
      if (box.every(([from, to]) => from <= to)) boxes[at] = box;
    }
    return boxes;
  }

  // ---------------------------------------------------------------- sums

  function cellOf({ shape, data }, map, i, j) {
    const [, height, width] = shape;
    if (i < 0 || j < 0 || i >= height || j >= width) return 0;
    return data[(map * height + i) * width + j];
  }

  function grid(height, width, value) {
    return Array.from({ length: height }, (_, a) =>
      Array.from({ length: width }, (__, b) => value(a, b)),
    );
  }

  // Returns what a cell is made of: {value, bias, terms}. A term belongs to one map of the stop
  // before: {map, patch, weights, first, sum}; `first` is the place of its first weight in the
  // layer's. A pool has one term without weights.
  function made(layers, outputs, all, { stop, cell }) {
    const { kind, layer: number, before, output } = all[stop];
    const value = isFlat(all[stop])
      ? outputs[output].data[cell[0]]
      : cellOf(outputs[output], ...cell);
    const layer = layers[number];
    if (kind === "dense") return { value, ...denseTerms(layer, outputs, all[before], cell) };
    if (kind === "softmax") return { value, scores: [...outputs[all[before].output].data] };
    const x = outputs[all[before].output];
    const window = windowOf(layer, x);
    const [height, width] = window.size;
    const corner = [0, 1].map((a) => cell[a + 1] * window.stride[a] - window.padding[a][0]);
    const patch = (map) =>
      grid(height, width, (a, b) =>
        cellOf(x, map, corner[0] + a * window.dilation[0], corner[1] + b * window.dilation[1]),
      );
    if (kind !== "conv") return { value, terms: [{ map: cell[0], patch: patch(cell[0]) }] };
    const [filters, perGroup] = layer.weight.shape;
    const base = Math.floor(cell[0] / (filters / (layer.options.groups ?? 1))) * perGroup;
    const terms = Array.from({ length: perGroup }, (_, c) =>
      term(layer, base + c, (cell[0] * perGroup + c) * height * width, patch(base + c)),
    );
    return { value, bias: layer.bias.data[cell[0]], terms };
  }

  function denseTerms(layer, outputs, before, [number]) {
    const x = outputs[before.output];
    const features = layer.weight.shape[1];
    const [maps, height, width] = isFlat(before) ? [1, 1, features] : before.shape;
    const terms = Array.from({ length: maps }, (_, map) => {
      const patch = grid(height, width, (a, b) => x.data[(map * height + a) * width + b]);
      return term(layer, map, number * features + map * height * width, patch);
    });
    return { bias: layer.bias.data[number], terms };
  }

  function term(layer, map, first, patch) {
    const width = patch[0].length;
    const weights = patch.map((row, a) => row.map((_, b) => layer.weight.data[first + a * width + b]));
    const sum = patch.flat().reduce((total, pixel, n) => total + pixel * weights.flat()[n], 0);
    return { map, patch, weights, first, sum };
  }

  Object.assign(globalThis.convlib, { stops, isFlat, seenBoxes, reachedBoxes, made });
})();
