// The grids of a bench of numbers beside each other, the image, the kernel or the pool window, the
// output, with what sets their sizes. Knows no mathematics: marks and frames come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    numberText,
    weightTexts,
    exactText,
    typedText,
    paddingText,
    sizeText,
    make,
    setText,
    stepper,
    choice,
    toggle,
    Grid,
    rowsGrid,
    benchPanel,
  } = globalThis.convlib;

  const NO_PADDING = [
    [0, 0],
    [0, 0],
  ];
  const LAID = [
    [false, "as it is"],
    [true, "flipped"],
  ];

  function widthOf({ texts }) {
    return texts?.[0].length ?? 1;
  }

  class NumbersGrids {
    // `bench` is a NumbersBench, `kernels` those that can be chosen by their names.
    constructor(bench, kernels) {
      [this.bench, this.kernels] = [bench, kernels];
      this.image = this.editable("image", { drag: (...moved) => bench.drag(...moved) });
      this.kernel = this.editable("kernel");
      this.output = new Grid("output", {
        ...bench.pointing("output"),
        choose: (...at) => bench.chooseOutput(at),
      });
      this.sizes = {};
      this.names = this.kernelChoices();
      this.panels = {
        image: benchPanel("image", this.image.element, this.size("image")),
        kernel: benchPanel(
          "kernel",
          this.kernel.element,
          this.size("kernel", ...this.names),
        ),
        size: benchPanel("size", this.size("size")),
        output: benchPanel("output", this.output.element),
      };
      const panels = Object.values(this.panels).map(({ element }) => element);
      this.element = make("div", { class: "bench-grids" }, ...panels);
    }

    // ---------------------------------------------------------------- elements

    editable(name, more = {}) {
      const { bench } = this;
      return rowsGrid(bench, name, {
        ...bench.pointing(name),
        choose: (...at) => bench.chooseNumber({ grid: name, at }),
        ...more,
      });
    }

    size(name, ...more) {
      return make("div", { class: "bench-size" }, this.sizer(name, 0), this.sizer(name, 1), ...more);
    }

    sizer(name, axis) {
      const label = axis ? "columns" : "rows";
      const control = stepper(label, { step: (by) => this.bench.resize(name, axis, by) });
      control.element.setAttribute("aria-label", `${name === "size" ? "window" : name}: ${label}`);
      this.sizes[`${name} ${axis}`] = control;
      return control.element;
    }

    kernelChoices() {
      const { bench, kernels } = this;
      const names = [["", "your own"], ...Object.keys(kernels).map((name) => [name, name])];
      this.named = choice("named", names, (name) =>
        name ? bench.edit({ kernel: kernels[name] }) : bench.draw(),
      );
      this.flip = toggle("how the kernel is laid", LAID, (flipped) => bench.edit({ flipped }));
      return [this.named.element, this.flip.element];
    }

    // ---------------------------------------------------------------- drawing

    // Shows sizes, titles and names.
    show({ image, kernel, size, pool, flipped }) {
      this.panels.kernel.element.hidden = Boolean(pool);
      this.panels.size.element.hidden = !pool;
      this.flip.show(flipped);
      this.named.select.value = this.nameOf(kernel);
      this.showSize("image", [image.length, image[0].length]);
      this.showSize("kernel", [kernel.length, kernel[0].length]);
      this.showSize("size", size);
      setText(this.panels.image.title, `image ${sizeText(image)}`);
      setText(this.panels.kernel.title, `kernel ${sizeText(kernel)}`);
      setText(this.panels.size.title, `window ${size.join("×")}`);
    }

    showSize(name, axes) {
      axes.forEach((count, axis) => this.sizes[`${name} ${axis}`].show(String(count)));
    }

    nameOf(kernel) {
      const isKernel = (rows) => rows.length === kernel.length && String(rows) === String(kernel);
      return Object.keys(this.kernels).find((name) => isKernel(this.kernels[name])) ?? "";
    }

    showImage(state, { padding = NO_PADDING, mark = () => "", frame = null }) {
      const { image } = state;
      const [[top, bottom], [left, right]] = padding;
      const row = (n) => Array(n).fill(paddingText(state));
      const wide = image[0].length + left + right;
      const texts = [
        ...Array.from({ length: top }, () => row(wide)),
        ...image.map((line) => [...row(left), ...line.map(numberText), ...row(right)]),
        ...Array.from({ length: bottom }, () => row(wide)),
      ];
      this.image.show({
        texts,
        rim: padding,
        frame,
        mark: (i, j) => `${image[i]?.[j] === undefined ? "outside " : ""}${mark(i, j)}`,
        editText: (i, j) => exactText(image[i][j]),
      });
    }

    showKernel({ kernel }, isLit = () => false) {
      const texts = weightTexts(kernel);
      this.kernel.show({
        texts,
        mark: (i, j) => `kernel ${isLit(i, j) ? "lit" : ""}`,
        editText: (i, j) => typedText(texts[i][j], kernel[i][j]),
      });
    }

    showOutput(output, [row, column], isLit) {
      this.panels.output.element.classList.remove("empty");
      this.output.show({
        texts: output.map((line) => line.map(numberText)),
        mark: (i, j) => `${i === row && j === column ? "answer" : ""}${isLit(i, j) ? " lit" : ""}`,
        frame: [row, column, 1, 1],
      });
      setText(this.panels.output.title, `output ${sizeText(output)}`);
    }

    hideOutput() {
      this.panels.output.element.classList.add("empty");
      setText(this.panels.output.title, "no output");
    }

    // Tells the style sheet how many columns stand beside each other.
    fit({ pool }) {
      const grids = [this.image, ...(pool ? [] : [this.kernel]), this.output];
      const widths = grids.map(widthOf);
      this.element.style.setProperty("--widest", Math.max(...widths));
      this.element.style.setProperty(
        "--sum",
        widths.reduce((a, b) => a + b),
      );
    }
  }

  Object.assign(globalThis.convlib, { NumbersGrids });
})();
