// What lights up together on a bench of numbers: a pixel with the outputs that it reaches, a weight
// with the pixels that it meets, a product with its two factors. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { numberText, weightTexts, seen, reached, range, counted } = globalThis.convlib;

  function none() {
    return false;
  }
  const dark = { image: none, kernel: none, output: none, cell: none, note: "" };

  // Tells which cells belong to the one that is pointed at, and says it in words.
  function light(state, shown, place, pointed) {
    const taps = seen(shown, place);
    if (!pointed)
      return state.pool === "max" ? { ...dark, ...winner(state, shown, place, taps) } : dark;
    const { grid, at } = pointed;
    if (grid === "image") return { ...dark, ...lightOfPixel(state, shown, taps, at) };
    if (grid === "kernel")
      return { ...dark, ...lightOfWeight(state, shown, taps, laidAt(state, shown, at)) };
    const [a, b] = at;
    const cell = (i, j) => i === a && j === b;
    const pixel = [taps[0][a], taps[1][b]];
    const weight = laidAt(state, shown, at);
    return {
      ...dark,
      cell,
      image: (i, j) => i === pixel[0] && j === pixel[1],
      kernel: (i, j) => !state.pool && i === weight[0] && j === weight[1],
      note: shown.laid
        ? `This product is pixel row ${pixel[0]}, column ${pixel[1]} times weight row ${weight[0]}, column ${weight[1]}.`
        : "",
    };
  }

  function winner(state, shown, [i, j], taps) {
    const index = shown.winners[i][j];
    const wide = state.image[0].length;
    const [row, column] = [Math.floor(index / wide), index % wide];
    const [a, b] = [taps[0].indexOf(row), taps[1].indexOf(column)];
    return { image: (r, c) => r === row && c === column, cell: (r, c) => r === a && c === b };
  }

  // A flipped kernel is laid with its last row first, read backwards.
  function laidAt(state, shown, [a, b]) {
    const [rows, columns] = shown.window;
    return state.flipped && !state.pool ? [rows - 1 - a, columns - 1 - b] : [a, b];
  }

  function lightOfPixel(state, shown, taps, [i, j]) {
    const [rows, columns] = reached(shown, [i, j]);
    const [a, b] = [taps[0].indexOf(i), taps[1].indexOf(j)];
    const isUnder = a >= 0 && b >= 0;
    const weight = laidAt(state, shown, [a, b]);
    const all = shown.output.length * shown.output[0].length;
    const reach = rows.length * columns.length;
    const which = reach ? ` (${range("row", rows)}, ${range("column", columns)})` : "";
    const meets = state.pool
      ? ""
      : isUnder
        ? ` In this window it meets the weight ${weightTexts(shown.laid)[a][b]}.`
        : " It is not under the window now.";
    return {
      image: (r, c) => r === i && c === j,
      kernel: (r, c) => isUnder && !state.pool && r === weight[0] && c === weight[1],
      cell: (r, c) => isUnder && r === a && c === b,
      output: (r, c) => rows.includes(r) && columns.includes(c),
      note: `Pixel at row ${i}, column ${j}: it reaches ${reach} of ${counted(all, "output")}${which}.${meets}`,
    };
  }

  // `at` is the place of the weight as the kernel is laid.
  function lightOfWeight(state, shown, taps, at) {
    const { call, output } = shown;
    const places = [output.length, output[0].length];
    const [rows, columns] = at.map((cell, a) =>
      Array.from(
        { length: places[a] },
        (_, n) => n * call.stride[a] - call.padding[a][0] + cell * call.dilation[a],
      ),
    );
    const { image } = state;
    const inside =
      rows.filter((i) => image[i]).length * columns.filter((j) => image[0][j] !== undefined).length;
    const outside = rows.length * columns.length - inside;
    const weight = laidAt(state, shown, at);
    const now = image[taps[0][at[0]]]?.[taps[1][at[1]]];
    const padded = outside ? ` and ${counted(outside, "cell")} of padding` : "";
    return {
      image: (i, j) => rows.includes(i) && columns.includes(j),
      kernel: (a, b) => a === weight[0] && b === weight[1],
      cell: (a, b) => a === at[0] && b === at[1],
      note:
        `Weight at row ${weight[0]}, column ${weight[1]}: it meets ${counted(inside, "pixel")}` +
        `${padded}; in this window ` +
        `${now === undefined ? "padding" : numberText(now)}.`,
    };
  }

  Object.assign(globalThis.convlib, { light });
})();
