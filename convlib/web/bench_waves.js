// The bench of waves: a map to draw waves on, and the picture that they add up to.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    BenchState,
    Squares,
    make,
    toggle,
    benchHistory,
    benchCopies,
    benchCounter,
    benchNote,
    benchSentence,
    showBench,
    WAVES: { FINEST, SIDE, EIGHTHS, MOST },
    waveAt,
    withWave,
    summedWaves,
    wavesSentence,
    encodeWaves,
    decodeWaves,
    wavesLines,
  } = globalThis.convlib;

  const HINT = "Press or drag on the map. Every wave has two places, opposite each other.";
  const SLIDERS = {
    down: [-FINEST, FINEST],
    right: [-FINEST, FINEST],
    strength: [0, MOST.strength],
    start: [0, EIGHTHS - 1],
  };

  class WavesBench extends BenchState {
    constructor(element, { text, first, on }) {
      super({ encode: encodeWaves, decode: decodeWaves }, text, first, on);
      this.element = element;
      this.isErasing = false;
      this.strokes = 0; // what one stroke has drawn is undone together
      this.build();
      this.draw();
    }

    build() {
      this.history = benchHistory(this);
      this.copies = benchCopies(this);
      this.map = new Squares({
        choose: (row, column, isStart) => this.stroke([row - FINEST, column - FINEST], isStart),
      });
      this.canvas = make("canvas", { class: "waves-picture", width: SIDE, height: SIDE });
      this.canvas.setAttribute("aria-hidden", "true");
      this.pen = toggle(
        "what the pointer does",
        [
          [false, "Draw"],
          [true, "Erase"],
        ],
        (isErasing) => {
          this.isErasing = isErasing;
          this.draw();
        },
      );
      this.sliders = Object.entries(SLIDERS).map(([name, [min, max]]) => [
        name,
        benchCounter(name, { min, max }, (value) => this.slide(name, value)),
      ]);
      this.sentence = benchSentence();
      this.note = benchNote(this);
      const panel = (title, ...children) =>
        make(
          "div",
          { class: "waves-panel" },
          make("div", { class: "bench-title" }, title),
          ...children,
        );
      showBench(
        this,
        "Bench of waves",
        make("div", { class: "bench-bar" }, this.pen.element, this.history.element),
        make(
          "div",
          { class: "bench-stack" },
          panel(`map of waves, −${FINEST} to ${FINEST}`, this.map.element),
          panel("picture", this.canvas),
        ),
        this.note.element,
        make("div", { class: "bench-sliders" }, ...this.sliders.map(([, { element }]) => element)),
        this.sentence.element,
        this.copies.element,
      );
    }

    // ---------------------------------------------------------------- changing

    stroke(place, isStart) {
      if (isStart) this.strokes += 1;
      const found = waveAt(this.state.waves, place);
      if (this.isErasing === Boolean(found)) return this.put(place, this.isErasing ? 0 : 1);
      return String(place) === String(this.state.place) ? null : this.move(place);
    }

    // Gives the wave at a place a strength; 0 takes it away.
    put(place, strength, merge = `stroke ${this.strokes}`) {
      const { waves } = this.state;
      const found = waveAt(waves, place);
      if (!strength)
        return this.edit({ waves: waves.filter((wave) => wave !== found), place }, merge);
      if (!found && waves.length === MOST.waves)
        return this.refuse(`The map has room for ${MOST.waves} waves`);
      const wave = found ?? { down: place[0], right: place[1], start: 0 };
      return this.edit({ waves: withWave(waves, { ...wave, strength }), place }, merge);
    }

    slide(name, value) {
      const { place, waves } = this.state;
      if (name === "down") return this.move([value, place[1]]);
      if (name === "right") return this.move([place[0], value]);
      if (name === "strength") return this.put(place, value, `strength ${place}`);
      const found = waveAt(waves, place);
      return found && this.edit({ waves: withWave(waves, { ...found, start: value }) }, `start ${place}`);
    }

    // ---------------------------------------------------------------- drawing

    draw() {
      const { state } = this;
      const image = summedWaves(state.waves);
      this.history.show();
      this.copies.show(wavesLines(state));
      this.pen.show(this.isErasing);
      this.drawMap();
      this.drawPicture(image);
      const found = waveAt(state.waves, state.place);
      const values = {
        down: state.place[0],
        right: state.place[1],
        strength: found?.strength ?? 0,
        start: found?.start ?? 0,
      };
      for (const [name, { input, output }] of this.sliders) {
        input.value = values[name];
        output.value = String(values[name]).replace("-", "−");
        if (name === "start") input.disabled = !found;
      }
      this.note.show(HINT);
      this.sentence.show(wavesSentence(state, image));
    }

    drawMap() {
      const { waves, place } = this.state;
      const shares = new Map();
      for (const { down, right, strength } of waves)
        for (const at of [`${down},${right}`, `${-down},${-right}`])
          shares.set(at, (strength + 1) / (MOST.strength + 1));
      this.map.show(2 * FINEST + 1, {
        share: (row, column) => shares.get(`${row - FINEST},${column - FINEST}`) ?? 0,
        kind: "drawn",
        here: place.map((at) => at + FINEST),
        middle: [FINEST, FINEST],
      });
    }

    drawPicture(image) {
      const most = this.state.waves.reduce((sum, { strength }) => sum + strength, 0) || 1;
      const pixels = new ImageData(SIDE, SIDE);
      for (let at = 0; at < image.length; at++) {
        const grey = Math.round(((image[at] / most + 1) / 2) * 255);
        for (let colour = 0; colour < 3; colour++) pixels.data[4 * at + colour] = grey;
        pixels.data[4 * at + 3] = 255;
      }
      this.canvas.getContext("2d").putImageData(pixels, 0, 0);
    }
  }

  globalThis.convlib.benches.waves = {
    make: (element, options) => new WavesBench(element, options),
    problem: (text) => void decodeWaves(text),
  };
})();
