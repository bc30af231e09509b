// What a bench of pictures computes with: its kernel or three weights, the strength and the bias, as
// numbers and as sliders. Knows no picture.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    numberText,
    parseNumber,
    typedText,
    COLOURS,
    weightWords,
    make,
    setText,
    stepper,
    slider,
    choice,
    rowsGrid,
  } = globalThis.convlib;

  const WEIGHT = { min: -8, max: 8, step: 0.1 };
  const STRENGTH = { min: -4, max: 4, step: 0.05 };
  const BIAS = { min: -255, max: 255, step: 1 };

  class PictureWeights {
    // `bench` is a PictureState, `kernels` those that can be chosen by their names.
    constructor(bench, kernels) {
      [this.bench, this.kernels] = [bench, kernels];
      this.element = make(
        "div",
        { class: "bench-weights" },
        this.buildKernel(),
        this.buildSliders(),
      );
    }

    // ---------------------------------------------------------------- elements

    buildKernel() {
      const { bench, kernels } = this;
      this.grids = { kernel: this.editable("kernel"), weights: this.editable("weights") };
      this.sizes = ["rows", "columns"].map((label, axis) => {
        const control = stepper(label, { step: (by) => bench.resize("kernel", axis, by) });
        control.element.setAttribute("aria-label", `kernel: ${label}`);
        return control;
      });
      this.size = make("span", { class: "bench-size" }, ...this.sizes.map((s) => s.element));
      this.named = choice("named", [["", "your own"]], (name) =>
        name ? bench.edit(kernels[name]) : bench.draw(),
      );
      this.title = make("div", { class: "bench-title" });
      this.panel = make(
        "div",
        { class: "bench-panel bench-grids" },
        this.title,
        this.grids.kernel.element,
        this.grids.weights.element,
        this.named.element,
        this.size,
      );
      return this.panel;
    }

    editable(name) {
      const { bench } = this;
      const choose = (...at) => bench.chooseNumber({ ...bench.chosen, [name]: at });
      return rowsGrid(bench, name, { choose });
    }

    buildSliders() {
      const { bench } = this;
      const release = () => (bench.merge = null);
      const write = (name, [i, j], value) => bench.write(name, i, j, value, `${name} ${i} ${j}`);
      const setting = (name, limits) =>
        slider(name, limits, {
          slide: (value) => bench.edit({ [name]: value }, name),
          write: (text) => bench.attempt(() => bench.edit({ [name]: parseNumber(text) }, name)),
          release,
        });
      this.weight = slider("weight", WEIGHT, {
        slide: (value) => write("kernel", bench.chosen.kernel, value),
        release,
      });
      this.colours = COLOURS.map((name, c) =>
        slider(name, WEIGHT, { slide: (value) => write("weights", [0, c], value), release }),
      );
      this.strength = setting("strength", STRENGTH);
      this.bias = setting("bias", BIAS);
      const all = [this.weight, ...this.colours, this.strength, this.bias];
      return make("div", { class: "bench-dials" }, ...all.map((s) => s.element));
    }

    // ---------------------------------------------------------------- drawing

    // `chosen` is the place of the number that is marked.
    show(state, chosen) {
      const name = state.isColour ? "weights" : "kernel";
      const rows = state[name];
      const texts = weightWords(rows);
      this.showNames(name, rows);
      this.showRows(name, rows, texts, chosen);
      this.showSliders(state, texts, chosen);
      this.grids.kernel.element.hidden = this.size.hidden = state.isColour;
      this.grids.weights.element.hidden = !state.isColour;
    }

    // Names the kernels that the picture can be read with, and the one that is laid on it.
    showNames(field, rows) {
      const names = Object.keys(this.kernels).filter((name) => field in this.kernels[name]);
      const { select } = this.named;
      if (this.namesOf !== field) {
        const options = ["", ...names].map((name) =>
          make("option", { value: name }, name || "your own"),
        );
        select.replaceChildren(...options);
        this.namesOf = field;
      }
      const text = JSON.stringify(rows);
      select.value = names.find((name) => JSON.stringify(this.kernels[name][field]) === text) ?? "";
    }

    showRows(name, rows, texts, [i, j]) {
      const [height, width] = [rows.length, rows[0].length];
      this.grids[name].show({
        texts,
        mark: (a, b) => `kernel${a === i && b === j ? " lit" : ""}`,
        editText: (a, b) => typedText(texts[a][b], rows[a][b]),
      });
      setText(this.title, name === "weights" ? COLOURS.join(", ") : `kernel ${height}×${width}`);
      this.panel.style.setProperty("--widest", width);
      this.panel.style.setProperty("--sum", width);
      this.sizes[0].show(String(height));
      this.sizes[1].show(String(width));
    }

    showSliders({ isColour, kernel, weights, strength, bias }, texts, [i, j]) {
      this.weight.element.hidden = isColour;
      for (const { element } of this.colours) element.hidden = !isColour;
      if (isColour) this.colours.forEach((one, c) => one.show(weights[0][c], texts[0][c]));
      else this.weight.show(kernel[i][j], texts[i][j], `weight, row ${i}, column ${j}`);
      this.strength.show(strength, numberText(strength));
      this.bias.show(bias, numberText(bias));
    }
  }

  Object.assign(globalThis.convlib, { PictureWeights });
})();
