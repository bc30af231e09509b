// What is said about layers, cells and answers. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { numberText, enclosed, isFlat } = globalThis.convlib;
  const EXP_DIGITS = 3;

  function times(size) {
    return size.join("×");
  }

  function shareText(share) {
    return `${(100 * share).toFixed(share > 0.9995 || share < 0.0005 ? 0 : 1)} %`;
  }

  function percent(share) {
    return `${Math.round(100 * share)} %`;
  }

  // One sentence for a layer.
  function about(stop, all, layers) {
    const before = all[stop.before];
    const layer = layers[stop.layer];
    if (stop.kind === "input") return "What the network gets: ink is 1, paper is 0.";
    if (stop.kind === "relu") return "What is below 0 becomes 0. The rest stays.";
    if (stop.kind === "softmax")
      return "e to the power of each score, as a share of the sum of all of them.";
    if (stop.kind === "dense") {
      const count = layer.weight.shape[1];
      return `Each score weighs all ${count} numbers before it, and adds a bias. The largest wins.`;
    }
    if (stop.kind === "conv") {
      const [filters, maps, ...size] = layer.weight.shape;
      const where = maps === 1 ? "one map" : `all ${maps} maps`;
      const products = maps * size[0] * size[1];
      return `Each of ${filters} filters slides a ${times(size)} window over ${where}. At each place it adds up ${products} products.`;
    }
    const kept = stop.kind === "max" ? "the largest stays" : "the mean stays";
    return `Of every ${times(layer.size)} numbers ${kept}: ${times(before.shape.slice(1))} become ${times(stop.shape.slice(1))}.`;
  }

  function cellName(stop, cell) {
    if (isFlat(stop)) return `${stop.title}, number ${cell[0]}`;
    const map = stop.shape[0] === 1 ? "" : `map ${cell[0]}, `;
    return `${stop.title}, ${map}row ${cell[1]}, column ${cell[2]}`;
  }

  // Numbers in order as the spans [from, to] of those that follow each other.
  function runs(numbers) {
    const found = [];
    for (const at of numbers) {
      if (found.at(-1)?.[1] === at - 1) found.at(-1)[1] = at;
      else found.push([at, at]);
    }
    return found;
  }

  function linesText(numbers, what) {
    const spans = runs(numbers).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
    return `${what}${numbers.length > 1 ? "s" : ""} ${spans.join(", ")}`;
  }

  // Says which pixels a cell can see.
  function fieldText(axes, input) {
    const size = axes?.slice(1).map(({ length }) => length);
    if (!axes || String(size) === String(input.shape.slice(1))) return "It can see the whole input.";
    if (size.includes(0)) return "It can see padding only.";
    const [, rows, columns] = axes;
    return `It can see ${times(size)} pixels: ${linesText(rows, "row")}, ${linesText(columns, "column")}.`;
  }

  // Says how a cell is made, and leaves its value to be written after it.
  function madeText(stop, { terms, bias, value, scores }, cell) {
    if (stop.kind === "relu") {
      const x = terms[0].patch[0][0];
      return x > 0 ? `${numberText(x)} is above 0 and stays.` : `${numberText(x)} becomes 0.`;
    }
    if (stop.kind === "max" || stop.kind === "mean") {
      const values = terms[0].patch.flat().map(numberText).join(", ");
      const what = stop.kind === "max" ? "The largest" : "The mean";
      return `${what} of ${values} is ${numberText(value)}.`;
    }
    if (stop.kind === "softmax") {
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score));
      const total = powers.reduce((a, b) => a + b, 0);
      const write = (number) => Number(number.toPrecision(EXP_DIGITS)).toLocaleString("en");
      const isHuge = top > 30;
      const sum = isHuge
        ? ""
        : `: ${write(powers[cell[0]])} of ${write(total)}, which all add up to`;
      return `e to the power of ${numberText(scores[cell[0]])}${sum}. That is ${shareText(value)}.`;
    }
    const count = terms.reduce((sum, { patch }) => sum + patch.length * patch[0].length, 0);
    const from = terms.length > 1 ? `, from ${terms.length} maps` : "";
    return `${count} products${from}, and the bias ${numberText(bias)}.`;
  }

  // Writes "0.75 + 0.5 = 1.25", or nothing where no sum is taken. Rounded parts need not add up to
  // the rounded sum, so they get another sign.
  function totalText({ terms = [], bias, value }) {
    if (bias === undefined) return "";
    const parts = [...terms.map(({ sum }) => sum), bias];
    const sums = parts.slice(0, -1).map((sum) => enclosed(numberText(sum)));
    const shown = sums.length > 4 ? [...sums.slice(0, 3), "…"] : sums;
    const sign = [...parts, value].every(isWhollyShown) ? "=" : "≈";
    return `${shown.join(" + ")} + ${enclosed(numberText(bias))} ${sign} ${numberText(value)}`;
  }

  function isWhollyShown(value) {
    return Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;
  }

  // Says what a pixel reaches.
  function reachText(reached, all) {
    const sizes = all.flatMap((stop, n) =>
      n === 0 || !reached[n] || stop.kind === "relu"
        ? []
        : [`${times(reached[n].slice(1).map(({ length }) => length))} in ${stop.title}`],
    );
    const parts = [];
    if (sizes.length) parts.push(`, in each map, ${sizes.join(", ")}`);
    if (reached.includes(null)) parts.push(`${sizes.length ? " and" : ""} every score`);
    return `It reaches${parts.join(";") || " nothing"}.`;
  }

  // Says what a network reads: "It reads 7: 93 %. Then 1: 4 %."
  function answerText(shares) {
    const order = [...shares.keys()].toSorted((a, b) => shares[b] - shares[a]);
    const read = (n) => `${n}: ${percent(shares[n])}`;
    const [first, second] = order;
    const more = shares[second] >= 0.005 ? ` Next comes ${read(second)}.` : "";
    return `It reads ${read(first)}.${more}`;
  }

  Object.assign(globalThis.convlib, {
    shareText,
    percent,
    about,
    cellName,
    runs,
    fieldText,
    madeText,
    totalText,
    reachText,
    answerText,
  });
})();
