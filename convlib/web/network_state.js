// The state of a network that is looked into, and what it makes of a picture: everything follows from
// the picture, the stage of the training and the changes. Knows no page: whoever extends it draws.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { forward, best, edited, moved, stops, Changes, effectText, SIDE } = globalThis.convlib;

  class NetworkState {
    // `book` is what readNetwork returns.
    constructor(book) {
      this.book = book;
      this.stage = book.stages.length - 1;
      this.changes = new Changes(SIDE);
      const zeros = { shape: book.shape, data: new Float32Array(size(book.shape)) };
      const [{ layers }] = book.stages;
      const outputs = forward(layers, zeros);
      const last = outputs.at(-1);
      this.hasAnswer = last.shape.length === 1;
      this.stops = stops(this.allLayers(layers), [...outputs, last]);
      this.titles = Object.fromEntries(this.stops.map(({ layer, title }) => [layer, title]));
    }

    // Scores are followed by the probabilities that are made of them.
    allLayers(layers) {
      return this.hasAnswer ? [...layers, { kind: "softmax" }] : layers;
    }

    // `drawn` is the picture before it is moved.
    compute(drawn) {
      const { edits, shift, isAny } = this.changes;
      this.picture = moved(drawn, shift);
      const { layers } = this.book.stages[this.stage];
      this.layers = this.allLayers(edited(layers, edits));
      this.outputs = forward(this.layers, this.picture);
      this.before = isAny ? forward(this.allLayers(layers), drawn) : this.outputs;
    }

    strongest(stop) {
      const { shape, output } = this.stops[stop];
      const at = best(this.outputs[output].data);
      if (shape.length === 1) return [at];
      const [, height, width] = shape;
      return [Math.floor(at / height / width), Math.floor(at / width) % height, at % width];
    }

    // Says what the changes did to the answer.
    effect() {
      const [now, before] = [this.outputs, this.before].map((outputs) => {
        const shares = outputs.at(-1).data;
        return { digit: best(shares), share: Math.max(...shares) };
      });
      return effectText(this.changes.edits, this.changes.shift, this.titles, now, before);
    }
  }

  function size(shape) {
    return shape.reduce((a, b) => a * b, 1);
  }

  Object.assign(globalThis.convlib, { NetworkState });
})();
