// The sum behind a cell of a network: its patch, the weights, the products, written out; with the
// weights to change. Knows no network: terms come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, Grid, stepper, parseNumber, numberText, Mistake } =
    globalThis.convlib;
  const WIDEST = 8; // columns of a patch that is shown number by number
  const STEP = 0.1; // of a weight by + and −

  class Arithmetic {
    // Calls on.write(at, value) for a weight, on.bias(value), on.map(map) for another term.
    constructor(on) {
      this.on = on;
      this.term = null;
      this.title = make("div", { class: "head sum-title" });
      this.sentence = make("p", { class: "sum-sentence" });
      this.maps = make("div", {
        class: "sum-maps",
        role: "group",
        "aria-label": "sum of each map",
        onclick: ({ target }) => target.dataset.map && this.on.map(Number(target.dataset.map)),
      });
      const picture = (name) => new Grid(name, {}, { isPicture: true });
      this.patch = picture("patch");
      this.products = picture("products");
      this.weights = new Grid(
        "weights",
        {
          write: (i, j, text) => take(text, (value) => this.on.write(this.place(i, j), value)),
          step: (i, j, by) => this.step(i, j, by),
          unstep: () => this.on.undo(),
          paste: () => {},
        },
        { isEditable: true },
      );
      const panel = (sign, name, grid) =>
        make(
          "div",
          { class: "sum-term" },
          make("div", { class: "bench-title" }, make("b", {}, sign), ` ${name}`),
          grid.element,
        );
      this.panels = {
        patch: panel("", "patch", this.patch),
        weights: panel("×", "weights: yours to change", this.weights),
        products: panel("=", "products", this.products),
      };
      this.grids = make("div", { class: "sum-grids" }, ...Object.values(this.panels));
      this.bias = stepper("bias", {
        step: (by) => this.on.bias(rounded(this.shownBias + STEP * by)),
        write: (text) => take(text, this.on.bias),
      });
      this.total = make("p", { class: "sum-total" });
      this.element = make(
        "aside",
        { class: "sum", "aria-label": "How this number comes about" },
        this.title,
        this.sentence,
        this.bias.element,
        this.maps,
        this.grids,
        this.total,
      );
    }

    step(i, j, by) {
      this.on.write(this.place(i, j), rounded(this.term.weights[i][j] + STEP * by));
    }

    place(i, j) {
      return this.term.first + i * this.term.weights[0].length + j;
    }

    // Shows a sum: {title, sentence, terms, map, bias, total}.
    show({ title, sentence, terms = [], map, bias, total }) {
      setText(this.title, title);
      setText(this.sentence, sentence);
      this.shownBias = bias;
      this.term = terms.find((each) => each.map === map) ?? terms[0];
      this.showMaps(terms);
      const { term } = this;
      this.grids.hidden = !term || term.patch[0].length > WIDEST;
      if (!this.grids.hidden) this.showGrids(term);
      this.bias.element.hidden = bias === undefined;
      if (bias !== undefined) this.bias.show(numberText(bias).replace("−", "-"));
      this.total.replaceChildren(...total);
    }

    showMaps(terms) {
      this.maps.hidden = terms.length < 2;
      if (this.maps.hidden) return;
      while (this.maps.children.length < terms.length)
        this.maps.append(make("button", { type: "button" }));
      for (const [n, each] of [...this.maps.children].entries()) {
        each.hidden = n >= terms.length;
        if (each.hidden) continue;
        const { map, sum } = terms[n];
        setText(each, `${map}: ${numberText(sum)}`);
        each.dataset.map = map;
        each.setAttribute("aria-pressed", String(map === this.term.map));
      }
    }

    showGrids({ patch, weights }) {
      this.patch.show({ texts: texts(patch), mark: () => "window" });
      this.panels.weights.hidden = this.panels.products.hidden = !weights;
      if (!weights) return;
      this.weights.show({
        texts: texts(weights),
        mark: () => "kernel",
        editText: (i, j) => String(rounded(weights[i][j], 1e4)),
      });
      const products = patch.map((row, a) => row.map((pixel, b) => pixel * weights[a][b]));
      this.products.show({ texts: texts(products), mark: () => "product" });
    }
  }

  // Calls on(value) with the number that a text says. Tells whether it is one.
  function take(text, on) {
    try {
      on(parseNumber(text));
      return true;
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) throw mistake;
      return false;
    }
  }

  function texts(rows) {
    return rows.map((row) => row.map(numberText));
  }

  function rounded(value, steps = 100) {
    return Math.round(value * steps) / steps;
  }

  Object.assign(globalThis.convlib, { Arithmetic });
})();
