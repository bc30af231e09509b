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

  function range(count) {
    return Array.from({ length: count }, (_, at) => at);
  }

  // The row or column that a window at `place` lays its weight number `tap` on.
  function metBy(place, tap, { stride, padding, dilation }, a) {
    return place * stride[a] - padding[a][0] + tap * dilation[a];
  }

  // The rows, or columns, of `count` that windows at these places lie on; padding is none of them.
  function seenAlong(places, window, a, count) {
    const taps = range(window.size[a]);
    const met = new Set(places.flatMap((place) => taps.map((tap) => metBy(place, tap, window, a))));
    return range(count).filter((at) => met.has(at));
  }

  // The places, of `count`, whose windows lie on some of these rows or columns.
  function reachedAlong(met, window, a, count) {
    const taps = range(window.size[a]);
    return range(count).filter((place) =>
      taps.some((tap) => met.includes(metBy(place, tap, window, a))),
    );
  }

  // Which maps belong to some of the other side of a layer: of a convolution in groups, the group's.
  function mapsAlong(layer, maps, from, to) {
    if (layer.kind !== "conv") return maps;
    const groups = layer.options.groups ?? 1;
    const own = new Set(maps.map((map) => Math.floor((map * groups) / from)));
    return range(to).filter((map) => own.has(Math.floor((map * groups) / to)));
  }

  function single(stop, cell) {
    return isFlat(stop) ? null : cell.map((at) => [at]);
  }

  // Lists, for each stop up to that of the cell, the [maps, rows, columns] that the cell can see;
  // null where it is no map.
  function seenBy(layers, outputs, all, { stop, cell }) {
    const seen = Array(all.length).fill(undefined);
    seen[stop] = single(all[stop], cell);
    for (let at = stop; at > 0; at = all[at].before) {
      const { before, layer } = all[at];
      if (isFlat(all[at])) {
        seen[before] = isFlat(all[before]) ? null : all[before].shape.map(range);
        continue;
      }
      const window = windowOf(layers[layer], outputs[all[before].output]);
      const [maps, ...places] = seen[at];
      const [count, ...counts] = all[before].shape;
      seen[before] = [
        mapsAlong(layers[layer], maps, all[at].shape[0], count),
        ...places.map((each, a) => seenAlong(each, window, a, counts[a])),
      ];
    }
    return seen;
  }

  // Lists, for each stop from the cell's on, the [maps, rows, columns] that it reaches; null where it
  // is no map, undefined where it reaches none.
  function reachedBy(layers, outputs, all, { stop, cell }) {
    const reached = Array(all.length).fill(undefined);
    reached[stop] = single(all[stop], cell);
    for (let at = stop + 1; at < all.length; at++) {
      const { before, layer } = all[at];
      if (reached[before] === undefined) continue;
      if (isFlat(all[at])) {
        reached[at] = null;
        continue;
      }
      const window = windowOf(layers[layer], outputs[all[before].output]);
      const [maps, ...met] = reached[before];
      const [count, ...counts] = all[at].shape;
      const axes = [
        mapsAlong(layers[layer], maps, all[before].shape[0], count),
        ...met.map((each, a) => reachedAlong(each, window, a, counts[a])),
      ];
      if (axes.every(({ length }) => length)) reached[at] = axes;
    }
    return reached;
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

  Object.assign(globalThis.convlib, { stops, isFlat, seenBy, reachedBy, made });
})();
