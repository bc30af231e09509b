// A patch times a kernel, the products, and what comes of them, as panels beside each other. Knows no
// mathematics: texts and marks come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, Grid, benchPanel } = globalThis.convlib;

  function term(sign, { element }) {
    return make("div", { class: "bench-term" }, make("span", { class: "sign" }, sign), element);
  }

  class ArithmeticRow {
    // `on(name)` is what the grid of the patch, the laid kernel or the products calls.
    constructor(on = () => ({})) {
      this.grids = {
        patch: new Grid("patch", on("patch"), { isPicture: true }),
        laid: new Grid("kernel", on("laid"), { isPicture: true }),
        products: new Grid("products", on("products"), { isPicture: true }),
      };
      this.total = make("div", { class: "cell total" }, "");
      this.panels = { total: benchPanel("total", this.total) };
      for (const [name, { element }] of Object.entries(this.grids))
        this.panels[name] = benchPanel(name, element);
      this.times = term("×", this.panels.laid);
      this.equals = term("=", this.panels.products);
      this.element = make(
        "div",
        { class: "bench-grids bench-arithmetic" },
        this.panels.patch.element,
        this.times,
        this.equals,
        term("→", this.panels.total),
      );
    }

    // Each of `grids` is what a Grid shows; without a laid kernel there are no products.
    show({ grids, titles, total }) {
      this.element.hidden = false;
      this.times.hidden = this.equals.hidden = !grids.laid;
      for (const [name, shown] of Object.entries(grids)) this.grids[name].show(shown);
      for (const [name, title] of Object.entries(titles)) setText(this.panels[name].title, title);
      setText(this.total, total);
      const wide = grids.patch.texts[0].length;
      this.element.style.setProperty("--widest", wide);
      this.element.style.setProperty("--sum", (grids.laid ? 3 : 1) * wide + 1);
    }
  }

  Object.assign(globalThis.convlib, { ArithmeticRow });
})();
