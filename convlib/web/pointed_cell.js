// What belongs to the cell of a network that is pointed at: the frames over every layer, and the sum
// that is written out. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    numberText,
    made,
    seenBy,
    reachedBy,
    cellName,
    fieldText,
    madeText,
    totalText,
    reachText,
  } = globalThis.convlib;

  // Lists for every stop what the cell sees of it, or what a pixel reaches there.
  function belonging({ layers, outputs, stops }, shown) {
    const follow = shown.stop === 0 ? reachedBy : seenBy;
    return follow(layers, outputs, stops, shown);
  }

  // Lists for every stop what Maps light.
  function lightsOf({ stops }, { stop, cell }, lit) {
    const isInput = stop === 0;
    const { before } = stops[stop];
    return stops.map((_, n) => {
      const isHere = n === stop;
      const isPart = isInput ? n > 0 : n === before || n === 0;
      return {
        axes: isPart && !isHere ? lit[n] : undefined,
        cell: isHere ? cell : null,
        kind: isInput ? "reach" : n === before ? "patch" : "field",
      };
    });
  }

  // Returns what Arithmetic shows. `map` is the one whose term is wanted; else it is the strongest.
  function sumOf(network, shown, lit, map) {
    return shown.stop === 0 ? pixelOf(network, shown, lit) : cellOf(network, shown, lit, map);
  }

  function pixelOf({ outputs, stops }, { cell }, lit) {
    const [map, i, j] = cell;
    const [, height, width] = stops[0].shape;
    const value = outputs[stops[0].output].data[(map * height + i) * width + j];
    return {
      title: cellName(stops[0], cell),
      sentence: `The pixel is ${numberText(value)}. ${reachText(lit, stops)}`,
      total: [],
    };
  }

  function cellOf({ layers, outputs, stops }, shown, lit, map) {
    const { cell } = shown;
    const here = stops[shown.stop];
    const parts = made(layers, outputs, stops, shown);
    const field = here.kind === "softmax" ? "" : fieldText(lit[0], stops[0]);
    const strongest = (parts.terms ?? []).toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum))[0];
    return {
      ...parts,
      title: cellName(here, cell),
      sentence: `${madeText(here, parts, cell)} ${field}`,
      map: map ?? strongest?.map,
      total: [totalText(parts)],
    };
  }

  Object.assign(globalThis.convlib, { belonging, lightsOf, sumOf });
})();
