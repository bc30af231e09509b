// Strokes as ink on fine cells, and the picture of them that a network gets: cropped, scaled and
// centred as the digits of MNIST were. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const SIDE = 28; // cells of the picture
  const FINE = 8; // of the pad's rows to one of the picture's
  const PAD = SIDE * FINE;
  const BOX = 20; // cells of the longer side of a digit
  const EDGE = 0.5; // cells in which ink fades to paper
  const LEAST = 0.05; // ink that counts

  // Lays a stroke, {points: [[x, y], …] in cells, width, erases}, on the ink of the pad, from its
  // point `from` on.
  function draw(ink, { points, width, erases }, from = 0) {
    for (let n = Math.max(from, 1); n <= Math.max(points.length - 1, 1); n++) {
      drawSegment(ink, points[n - 1], points[Math.min(n, points.length - 1)], width / 2, erases);
    }
  }

  function drawSegment(ink, [x0, y0], [x1, y1], radius, erases) {
    const reach = radius + EDGE;
    const [left, right] = fineSpan(Math.min(x0, x1) - reach, Math.max(x0, x1) + reach);
    const [top, bottom] = fineSpan(Math.min(y0, y1) - reach, Math.max(y0, y1) + reach);
    const [across, down] = [x1 - x0, y1 - y0];
    const squared = across * across + down * down;
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) {
        const [x, y] = [(j + 0.5) / FINE - x0, (i + 0.5) / FINE - y0];
        const along = squared && Math.min(Math.max((x * across + y * down) / squared, 0), 1);
        const distance = Math.hypot(x - along * across, y - along * down);
        const share = Math.min(Math.max((radius - distance) / EDGE + 0.5, 0), 1);
        const at = i * PAD + j;
        ink[at] = erases ? Math.min(ink[at], 1 - share) : Math.max(ink[at], share);
      }
    }
  }

  function fineSpan(from, to) {
    return [Math.max(Math.floor(from * FINE), 0), Math.min(Math.ceil(to * FINE), PAD)];
  }

  // Returns the ink of an image of 28×28 cells and of strokes over it.
  function inked(base, strokes) {
    const ink = new Float32Array(PAD * PAD);
    if (base) {
      for (let at = 0; at < ink.length; at++) {
        const [i, j] = [Math.floor(at / PAD), at % PAD];
        ink[at] = base.data[Math.floor(i / FINE) * SIDE + Math.floor(j / FINE)];
      }
    }
    for (const stroke of strokes) draw(ink, stroke);
    return ink;
  }

  // Returns where the ink stands: [from, to] of its rows and of its columns, and its centre of mass.
  function extent(ink) {
    let [top, bottom, left, right] = [PAD, 0, PAD, 0];
    let [mass, down, across] = [0, 0, 0];
    for (let i = 0; i < PAD; i++) {
      for (let j = 0; j < PAD; j++) {
        const value = ink[i * PAD + j];
        if (value < LEAST) continue;
        [top, bottom] = [Math.min(top, i), Math.max(bottom, i + 1)];
        [left, right] = [Math.min(left, j), Math.max(right, j + 1)];
        mass += value;
        down += value * (i + 0.5);
        across += value * (j + 0.5);
      }
    }
    return { size: Math.max(bottom - top, right - left), centre: [down / mass, across / mass] };
  }

  // Takes the mean ink of each of 28 parts of a line, each `step` fine cells long; `from` is where
  // the first begins. Returns, for each part, the fine cells it covers and how much of each.
  function parts(from, step) {
    return Array.from({ length: SIDE }, (_, n) => {
      const [start, end] = [from + n * step, from + (n + 1) * step];
      const covered = [];
      for (let at = Math.max(Math.floor(start), 0); at < Math.min(end, PAD); at++)
        covered.push([at, (Math.min(end, at + 1) - Math.max(start, at)) / step]);
      return covered;
    });
  }

  function averaged(ink, rows, columns) {
    const narrow = new Float64Array(PAD * SIDE);
    for (let i = 0; i < PAD; i++)
      for (const [n, covered] of columns.entries())
        for (const [j, share] of covered) narrow[i * SIDE + n] += share * ink[i * PAD + j];
    const data = new Float64Array(SIDE * SIDE);
    for (const [m, covered] of rows.entries())
      for (const [i, share] of covered)
        for (let n = 0; n < SIDE; n++) data[m * SIDE + n] += share * narrow[i * SIDE + n];
    // In steps of 1/255, as the digits are kept.
    return {
      shape: [1, SIDE, SIDE],
      data: Float32Array.from(data, (value) => Math.round(255 * value) / 255),
    };
  }

  // Returns the picture as it was drawn, in 28×28 cells.
  function asDrawn(ink) {
    return averaged(ink, parts(0, FINE), parts(0, FINE));
  }

  // Returns the picture with its longer side 20 cells and its centre of mass in the middle.
  function normalise(ink) {
    const { size, centre } = extent(ink);
    if (!size) return asDrawn(ink);
    const step = size / BOX;
    return averaged(ink, ...centre.map((at) => parts(at - (SIDE / 2) * step, step)));
  }

  Object.assign(globalThis.convlib, { SIDE, FINE, draw, inked, normalise, asDrawn });
})();
