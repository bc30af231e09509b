// What follows from the state of a bench of pictures: the output, what its window sees, in numbers
// and in words; and the state as text and as Python. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    Mistake,
    array,
    conv2d,
    repr,
    numberText,
    weightTexts,
    enclosed,
    biasText,
    sumOfProducts,
    arrayLines,
    pythonNumber,
    codes,
    writeFields,
    readFields,
    checkRows,
  } = globalThis.convlib;

  const COLOURS = ["red", "green", "blue"];
  const USUAL = { strength: 1, bias: 0, place: [0, 0] };
  const UNSEEN = {
    kernel: [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
    weights: [[0.299, 0.587, 0.114]],
  };

  // ---------------------------------------------------------------- the state as text

  const FIELDS = {
    kernel: ["k", codes.rows],
    weights: ["c", codes.rows],
    strength: ["s", codes.number],
    bias: ["b", codes.number],
    place: ["o", codes.pair],
  };

  // Writes a state without its picture: "1;k=0,1/2,2;s=0.5", or "1;c=2,-1,-1" in colour.
  function encodePicture(state) {
    const other = state.isColour ? "kernel" : "weights";
    return writeFields(
      FIELDS,
      state,
      (name) => name === other || (name in USUAL && repr(state[name]) === repr(USUAL[name])),
    );
  }

  // Reads what `encodePicture` wrote; whatever else it is handed, it refuses with a sentence.
  function decodePicture(text) {
    const read = readFields(FIELDS, text);
    if (Boolean(read.kernel) === Boolean(read.weights)) {
      throw new Mistake("one kernel is needed");
    }
    const name = read.kernel ? "kernel" : "weights";
    checkWeights(name, read[name]);
    checkFinite("strength", read.strength ?? 1);
    checkFinite("bias", read.bias ?? 0);
    return { ...USUAL, ...read, isColour: !read.kernel };
  }

  function checkWeights(name, rows) {
    if (name === "kernel") checkRows(name, rows);
    else if (rows.length !== 1 || rows[0].length !== COLOURS.length) {
      throw new Mistake(
        `Red, green and blue have one weight each; these are ${rows.length}×${rows[0].length}`,
      );
    }
    for (const value of rows.flat()) checkFinite("kernel", value);
  }

  function checkFinite(name, value) {
    if (!Number.isFinite(value)) throw new Mistake(`${name} must be finite; got ${repr(value)}`);
  }

  // ---------------------------------------------------------------- what follows

  const greys = new WeakMap();

  // Weighs red, green and blue as they look to the eye, in whole numbers.
  function grey(image) {
    if (image.shape.length === 2) return image;
    if (!greys.has(image)) {
      const { data } = image;
      const pixels = data.length / 3;
      const y = new Uint8Array(pixels);
      for (let at = 0; at < pixels; at++) {
        const sum = 299 * data[at] + 587 * data[at + pixels] + 114 * data[at + 2 * pixels];
        y[at] = Math.floor((sum + 500) / 1000);
      }
      greys.set(image, { shape: image.shape.slice(1), data: y });
    }
    return greys.get(image);
  }

  // Computes everything that is shown: {x, output, …}, or {error}, convlib's sentence. What
  // followed `before` is used again where it is the same.
  function computePicture(state, before = {}) {
    const { image, isColour } = state;
    const x = isColour ? image : grey(image);
    const rows = isColour ? state.weights : state.kernel;
    const window = isColour ? [1, 1] : [rows.length, rows[0].length];
    try {
      const isKnown = before.x === x && before.rows === rows;
      const weight = isColour ? { shape: [1, 3, 1, 1], data: rows[0] } : array(rows);
      const sums = isKnown ? before.sums : conv2d(x, weight);
      const shape = sums.shape.slice(-2);
      return { x, rows, window, sums, shape, output: weighed(sums, state, before) };
    } catch (mistake) {
      if (mistake instanceof Mistake) return { x, window, error: mistake.message };
      throw mistake;
    }
  }

  function weighed(sums, { strength, bias }, before) {
    if (before.sums === sums && before.output.strength === strength && before.output.bias === bias)
      return before.output;
    const data = new Float64Array(sums.data.length);
    for (let at = 0; at < data.length; at++) data[at] = Number(sums.data[at]) * strength + bias;
    return { data, strength, bias };
  }

  function valueAt({ output, shape }, [i, j]) {
    return output.data[i * shape[1] + j];
  }

  // The pixels that the window sees from a place: rows of them, or red, green and blue.
  function patchAt({ x, window }, [i, j]) {
    const [height, width] = x.shape.slice(-2);
    if (x.shape.length === 3) {
      return [COLOURS.map((_, c) => x.data[(c * height + i) * width + j])];
    }
    return Array.from({ length: window[0] }, (_, a) =>
      Array.from({ length: window[1] }, (__, b) => x.data[(i + a) * width + j + b]),
    );
  }

  // ---------------------------------------------------------------- words

  // Weights as decimals where three of them say all, and else as fractions.
  function weightWords(rows) {
    const isDecimal = rows
      .flat()
      .every((value) => Math.abs(value) < 1e6 && Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6);
    if (!isDecimal) return weightTexts(rows);
    return rows.map((row) =>
      row.map((value) => String(Number(value.toFixed(3)) || 0).replace("-", "−")),
    );
  }

  function pictureSentence(state, shown, place) {
    const weights = weightWords(shown.rows);
    const factors = patchAt(shown, place).map((row, a) =>
      row.map((pixel, b) => [numberText(pixel), weights[a][b]]),
    );
    let terms = state.isColour
      ? factors[0].map((pair, c) => `${COLOURS[c]} ${sumOfProducts([pair])}`).join(" + ")
      : sumOfProducts(factors.flat());
    if (state.strength !== 1) terms = `${enclosed(numberText(state.strength))}·(${terms})`;
    const total = valueAt(shown, place);
    const drawn = total < 0 ? ", drawn black" : total > 255 ? ", drawn white" : "";
    return `Row ${place[0]}, column ${place[1]}: ${terms}${biasText(state.bias)} = ${numberText(total)}${drawn}.`;
  }

  // Writes the lines that compute the output with convlib. `source` makes the page's picture.
  function pictureLines(state, source) {
    const imports = ["import numpy as np"];
    const isInColour = state.image.shape.length === 3;
    const isGreyed = isInColour && !state.isColour;
    const names = isGreyed ? ["grey"] : [];
    const lines = [];
    let photo = source;
    if (state.image.isOwn) {
      const [height, width] = state.image.shape.slice(-2);
      imports.push("from PIL import Image, ImageOps");
      lines.push(
        'file = ImageOps.exif_transpose(Image.open("your-picture.jpg")).convert("RGB")',
        `file = file.resize((${width}, ${height}), Image.Resampling.BOX)`,
      );
      photo = "np.array(file).transpose(2, 0, 1)";
    } else if (!source.startsWith("bench.")) names.push(/^\w+/.exec(source)[0]);
    imports.push("from convlib import conv2d");
    if (names.length) imports.push(`from convlib.samples import ${names.join(", ")}`);
    lines.push(isGreyed ? `photo = ${photo}\nx = grey(photo.transpose(1, 2, 0))` : `x = ${photo}`);
    lines.push(
      state.isColour
        ? `k = np.array([${state.weights[0].map(pythonNumber).join(", ")}]).reshape(1, 3, 1, 1)`
        : arrayLines("k", state.kernel),
    );
    let y = `conv2d(x, k)${state.isColour ? "[0]" : ""}`;
    if (state.strength !== 1) y += ` * ${pythonNumber(state.strength)}`;
    if (state.bias)
      y += ` ${state.bias < 0 ? "-" : "+"} ${pythonNumber(Math.abs(state.bias))}`;
    return `${imports.join("\n")}\n\n${lines.join("\n")}\ny = ${y}\n`;
  }

  Object.assign(globalThis.convlib, {
    COLOURS,
    UNSEEN,
    encodePicture,
    decodePicture,
    checkWeights,
    computePicture,
    valueAt,
    patchAt,
    weightWords,
    pictureSentence,
    pictureLines,
  });
})();
