// The bench of numbers: an image, a kernel or a pool window, and all that follows from them.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    product,
    numberText,
    weightTexts,
    biasText,
    decode,
    compute,
    seen,
    pixelsUnder,
    patchTexts,
    numbersSentence,
    formula,
    light,
    pythonLines,
    NumbersState,
    NumbersGrids,
    NumbersSettings,
    ArithmeticRow,
    make,
    button,
    toggle,
    benchHistory,
    benchCopies,
    benchNote,
    benchSentence,
    showBench,
  } = globalThis.convlib;

  const HINT =
    "Click a number and type, or tap it twice. The keys + and − change it by one. Rows can be pasted.";
  const DRAG = " Drag the blue window.";
  const POOLS = [
    [null, "convolution"],
    ["max", "max pooling"],
    ["mean", "mean pooling"],
  ];

  // ---------------------------------------------------------------- the bench

  class NumbersBench extends NumbersState {
    constructor(element, { text, first, kernels, onlyNumbers, on }) {
      super(text, first, on);
      this.element = element;
      this.chosen = null; // the number that + and − change: {grid, at}
      this.pointed = null; // the cell under the pointer: {grid, at}
      this.build(kernels);
      for (const part of [this.pool.element, this.settings.element, ...this.grids.names])
        part.hidden = onlyNumbers;
      this.formula.hidden = onlyNumbers;
      this.draw();
    }

    build(kernels) {
      this.pool = toggle("operation", POOLS, (pool) => this.setPool(pool));
      this.history = benchHistory(this);
      this.grids = new NumbersGrids(this, kernels);
      this.stepButtons = make(
        "span",
        { class: "buttons" },
        make("span", { class: "choice" }, make("span", {}, "chosen number")),
        button("−", "the chosen number: one less", () => this.stepChosen(-1)),
        button("+", "the chosen number: one more", () => this.stepChosen(1)),
      );
      this.note = benchNote(this);
      this.settings = new NumbersSettings(this);
      this.arithmetic = new ArithmeticRow((name) => this.pointing(name));
      this.sentence = benchSentence();
      this.formula = make("p", { class: "bench-formula" });
      this.copies = benchCopies(this);
      showBench(
        this,
        "Bench of numbers",
        make("div", { class: "bench-bar" }, this.pool.element, this.history.element),
        this.grids.element,
        make("div", { class: "bench-chosen" }, this.stepButtons, this.note.element),
        this.settings.element,
        this.arithmetic.element,
        this.sentence.element,
        this.formula,
        this.copies.element,
      );
    }

    // ---------------------------------------------------------------- pointing

    // What the grid of this name calls as a pointer passes.
    pointing(name) {
      return { point: (...at) => this.point(name, at), leave: () => this.point() };
    }

    point(grid = null, at = null) {
      const isSame = this.pointed?.grid === grid && String(this.pointed?.at) === String(at);
      if (isSame || (!this.pointed && !grid)) return;
      this.pointed = grid && { grid, at };
      this.draw();
    }

    chooseOutput(at) {
      this.chosen = null;
      this.move(at);
    }

    stepChosen(by) {
      this.step(this.chosen.grid, ...this.chosen.at, by);
    }

    // Moves the window with the pointer, as far as it has places.
    drag(rows, columns, isStart) {
      if (isStart) this.dragged = this.place();
      const { output, call } = this.shown;
      const last = [output.length - 1, output[0].length - 1];
      const moved = [rows, columns].map((cells, a) =>
        Math.round(this.dragged[a] + cells / call.stride[a]),
      );
      const place = moved.map((at, a) => Math.min(Math.max(at, 0), last[a]));
      this.pointed = null;
      if (String(place) !== String(this.state.place)) this.move(place);
    }

    // ---------------------------------------------------------------- drawing

    // The output cell that is being computed: where the pointer is, or where the window stands.
    place() {
      const { output } = this.shown;
      const wanted = this.pointed?.grid === "output" ? this.pointed.at : this.state.place;
      return [Math.min(wanted[0], output.length - 1), Math.min(wanted[1], output[0].length - 1)];
    }

    draw() {
      const { state } = this;
      this.shown = compute(state);
      if (!this.hasChosen) this.chosen = null;
      this.pool.show(state.pool);
      this.history.show();
      this.grids.show(state);
      this.settings.show(state);
      this.copies.show(pythonLines(state));
      this.stepButtons.hidden = !this.chosen;
      if (this.shown.error) this.drawError();
      else this.drawAll();
      this.grids.fit(state);
    }

    // Tells whether the chosen number is still there.
    get hasChosen() {
      const { grid, at: [i, j] = [] } = this.chosen ?? {};
      return this.state[grid]?.[i]?.[j] !== undefined && !(grid === "kernel" && this.state.pool);
    }

    // Nothing of an output that does not exist is shown.
    drawError() {
      this.grids.showImage(this.state, {});
      this.grids.showKernel(this.state);
      this.grids.hideOutput();
      this.arithmetic.element.hidden = true;
      this.formula.replaceChildren();
      this.note.show(this.chosen ? "" : HINT);
      this.sentence.show(this.shown.error, true);
    }

    drawAll() {
      const { state, shown } = this;
      const place = this.place();
      const pointed = this.pointed ?? this.chosen;
      const lights = light(state, shown, place, pointed?.grid === "output" ? null : pointed);
      this.drawImage(place, lights);
      this.grids.showKernel(state, lights.kernel);
      this.grids.showOutput(shown.output, place, lights.output);
      this.drawArithmetic(place, lights);
      this.formula.replaceChildren(...formula(state, shown).map((line) => make("span", {}, line)));
      const usual = shown.output.flat().length > 1 ? HINT + DRAG : HINT;
      this.note.show(lights.note || (this.chosen ? "" : usual));
      this.sentence.show(numbersSentence(state, shown, place));
    }

    // A window that hangs over is framed as far as the padding goes.
    drawImage(place, lights) {
      const { image } = this.state;
      const { padding } = this.shown.call;
      const taps = seen(this.shown, place);
      const ends = [image.length, image[0].length].map((n, a) => n + padding[a][1]);
      const spans = taps.map((axis, a) => Math.min(axis.at(-1) + 1, ends[a]) - axis[0]);
      const mark = (i, j) => {
        const words = [];
        if (taps[0].includes(i) && taps[1].includes(j)) words.push("window");
        if (lights.image(i, j)) words.push("lit");
        return words.join(" ");
      };
      const frame = [taps[0][0], taps[1][0], ...spans];
      this.grids.showImage(this.state, { padding, mark, frame });
    }

    drawArithmetic(place, lights) {
      const { state, shown } = this;
      const pixels = pixelsUnder(state, shown, place);
      const lit = (a, b) => (lights.cell(a, b) ? " lit" : "");
      const patch = {
        texts: patchTexts(state, shown, place),
        mark: (a, b) => (pixels[a][b] === undefined ? "outside" : "window") + lit(a, b),
      };
      const total = numberText(shown.output[place[0]][place[1]]);
      if (state.pool) {
        const titles = {
          patch: "under the window",
          total: state.pool === "max" ? "largest" : "mean",
        };
        this.arithmetic.show({ grids: { patch }, titles, total });
        return;
      }
      const products = pixels.map((row, a) =>
        row.map((pixel, b) => numberText(product(pixel ?? 0, shown.laid[a][b]))),
      );
      this.arithmetic.show({
        grids: {
          patch,
          laid: { texts: weightTexts(shown.laid), mark: (a, b) => `kernel${lit(a, b)}` },
          products: { texts: products, mark: (a, b) => lit(a, b).trim() },
        },
        titles: {
          patch: "patch",
          laid: state.flipped ? "kernel, flipped" : "kernel",
          products: "products",
          total: `sum${biasText(state.bias)}`,
        },
        total,
      });
    }
  }

  // Named kernels come as text, each written like the kernel of a state.
  function readKernels(texts) {
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, decode(`1;x=0;k=${text}`).kernel]),
    );
  }

  globalThis.convlib.benches.numbers = {
    make: (element, { given: { kernels, onlyNumbers }, ...options }) =>
      new NumbersBench(element, { ...options, onlyNumbers, kernels: readKernels(kernels) }),
    problem: (text) => compute(decode(text)).error,
  };
  Object.assign(globalThis.convlib, { readKernels });
})();
