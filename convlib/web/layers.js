// A stack of layers on a square image: its sizes, what a cell sees of the layers below it and
// reaches of those above, as text both ways. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, outputSize, integer, plainNumber } = globalThis.convlib;

  const KINDS = new Set(["conv", "pool"]);
  const MOST = { length: 32, size: 7, stride: 4, padding: 3, dilation: 4, layers: 5 };
  const NUMBERS = ["size", "stride", "padding", "dilation"];
  const USUAL = { stride: 1, padding: 0, dilation: 1 };

  // ---------------------------------------------------------------- sizes

  // Returns a setting that a bench has room for.
  function roomFor(name, value) {
    integer(value, name, name === "padding" ? 0 : 1);
    if (value > MOST[name])
      throw new Mistake(`${name} must be at most ${MOST[name]} on a bench; got ${value}`);
    return value;
  }

  // Returns the rows, which are also the columns, of the image and of every layer.
  function lengths({ length, layers }) {
    const found = [length];
    layers.forEach((layer, at) => {
      const { kind, size, padding, dilation } = layer;
      if (kind === "pool" && 2 * padding > size)
        throw new Mistake(
          `layer ${at + 1}: padding ${padding} is more than half of the pool window ${size}`,
        );
      const span = (size - 1) * dilation + 1;
      const room = found.at(-1) + 2 * padding;
      if (span > room)
        throw new Mistake(
          `layer ${at + 1}: a window of ${span}×${span} does not fit on ${room}×${room} cells`,
        );
      found.push(outputSize(found.at(-1), size, layer));
    });
    return found;
  }

  // Returns, for the image and each layer, the pixels that a cell spans and the pixels between
  // neighbours.
  function fields(layers) {
    const found = [[1, 1]];
    for (const { size, stride, dilation } of layers) {
      const [spans, step] = found.at(-1);
      found.push([spans + (size - 1) * dilation * step, step * stride]);
    }
    return found;
  }

  // ---------------------------------------------------------------- one axis

  // Calls visit(cell, below) for every cell of a layer and every cell of the layer below it that
  // its window meets; padding is left out.
  function eachMeeting({ size, stride, padding, dilation }, above, below, visit) {
    for (let cell = 0; cell < above; cell++)
      for (let tap = 0; tap < size; tap++) {
        const at = cell * stride - padding + tap * dilation;
        if (at >= 0 && at < below) visit(cell, at);
      }
  }

  // Counts the ways from a cell of layer `from` down to every cell of the layers below it, the
  // image first.
  function ways(sizes, layers, from, cell) {
    const found = [Array.from({ length: sizes[from] }, (_, at) => Number(at === cell))];
    for (let layer = from; layer > 0; layer--) {
      const counts = Array(sizes[layer - 1]).fill(0);
      eachMeeting(layers[layer - 1], sizes[layer], sizes[layer - 1], (above, below) => {
        counts[below] += found[0][above];
      });
      found.unshift(counts);
    }
    return found;
  }

  // Tells which cells of the layers above `from` a cell of it reaches, its own layer first.
  function reached(sizes, layers, from, cell) {
    const found = [Array.from({ length: sizes[from] }, (_, at) => Number(at === cell))];
    for (let layer = from + 1; layer < sizes.length; layer++) {
      const cells = Array(sizes[layer]).fill(0);
      eachMeeting(layers[layer - 1], sizes[layer], sizes[layer - 1], (above, below) => {
        if (found.at(-1)[below]) cells[above] = 1;
      });
      found.push(cells);
    }
    return found;
  }

  // ---------------------------------------------------------------- what a cell sees

  // Computes everything that is shown: {lengths, fields, place, seen}, or {error}. `seen` holds
  // [rows, columns] of every layer: ways below the cell that is pointed at, 0 or 1 above it.
  function stacked(state) {
    let sizes;
    try {
      sizes = lengths(state);
    } catch (mistake) {
      if (mistake instanceof Mistake) return { error: mistake.message };
      throw mistake;
    }
    const { layers } = state;
    const place = standing(state, sizes);
    const [layer, ...cell] = place;
    const axes = cell.map((at) =>
      ways(sizes, layers, layer, at).concat(reached(sizes, layers, layer, at).slice(1)),
    );
    const seen = sizes.map((_, number) => axes.map((axis) => axis[number]));
    return { lengths: sizes, fields: fields(layers), place, seen };
  }

  // The layer, row and column that are pointed at, inside of the layer.
  function standing({ layers, place }, sizes) {
    if (!place) {
      const middle = Math.floor((sizes.at(-1) - 1) / 2);
      return [layers.length, middle, middle];
    }
    const [layer, ...cell] = place;
    return [layer, ...cell.map((at) => Math.min(at, sizes[layer] - 1))];
  }

  function joined(texts) {
    return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}` : texts[0];
  }

  function sentence({ length, layers }, { place, seen }) {
    const [layer, row, column] = place;
    const sizes = seen.map((axes) => axes.map((axis) => axis.filter(Boolean).length));
    const cells = sizes.map(([rows, columns], n) => `${rows}×${columns} cells of layer ${n}`);
    const what = layer ? `layer ${layer}` : "the image";
    const told = [`Row ${row}, column ${column} of ${what}`];
    if (layer) {
      const [rows, columns] = sizes[0];
      const pixels = `${rows}×${columns} pixels (${rows * columns} of ${length ** 2})`;
      told.push(`sees ${joined([...cells.slice(1, layer).toReversed(), pixels])}`);
    }
    if (layer < layers.length)
      told.push(`${layer ? "and reaches" : "reaches"} ${joined(cells.slice(layer + 1))}`);
    return `${told.join(" ")}.`;
  }

  // ---------------------------------------------------------------- as text

  // The numbers of a layer up to the last that is not as usual.
  function unusual(layer) {
    const last = NUMBERS.findLastIndex((name) => layer[name] !== USUAL[name]);
    return NUMBERS.slice(0, last + 1).map((name) => layer[name]);
  }

  function encodeLayers({ length, layers, place }) {
    const texts = layers.map((layer) => [layer.kind, ...unusual(layer)].join(","));
    const parts = ["1", `n=${length}`, `l=${texts.join("/")}`];
    return [...parts, ...(place ? [`o=${place}`] : [])].join(";");
  }

  function whole(text) {
    const value = plainNumber(text);
    if (!Number.isInteger(value)) throw new Mistake("a value cannot be read");
    return value;
  }

  function decodeLayer(text) {
    const [kind, ...numbers] = text.split(",");
    if (!KINDS.has(kind) || !numbers.length || numbers.length > NUMBERS.length)
      throw new Mistake("a value cannot be read");
    const given = Object.fromEntries(
      numbers.map((number, at) => [NUMBERS[at], roomFor(NUMBERS[at], whole(number))]),
    );
    return { kind, ...USUAL, ...given };
  }

  // Reads what `encodeLayers` wrote; whatever else it is handed, it refuses with a sentence.
  function decodeLayers(text) {
    if (text.length > 500) throw new Mistake("it is too long");
    const [version, ...parts] = text.split(";");
    if (version !== "1") throw new Mistake("it was not written by this version of the bench");
    const read = Object.fromEntries(parts.map((part) => part.split("=")));
    if (read.n === undefined || read.l === undefined) throw new Mistake("a value is missing");
    const layers = read.l.split("/").map(decodeLayer);
    if (layers.length > MOST.layers) throw new Mistake(`it has more than ${MOST.layers} layers`);
    const place = read.o === undefined ? null : read.o.split(",").map(whole);
    if (place && (place.length !== 3 || Math.min(...place) < 0 || place[0] > layers.length))
      throw new Mistake("a value cannot be read");
    return { length: roomFor("length", whole(read.n)), layers, place };
  }

  // The lines that make the same bench in Python.
  function layersLines({ length, layers }) {
    const lines = layers.map((layer) => `    ("${layer.kind}", ${unusual(layer).join(", ")}),`);
    return `from convlib.explore import bench_layers\n\nlayers = [\n${lines.join("\n")}\n]\nbench_layers(${length}, layers)\n`;
  }

  Object.assign(globalThis.convlib, {
    MOST_OF_LAYERS: MOST,
    roomFor,
    stacked,
    layersSentence: sentence,
    encodeLayers,
    decodeLayers,
    layersLines,
  });
})();
