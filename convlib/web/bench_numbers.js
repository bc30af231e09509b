// The bench of numbers: an image, a kernel or a pool window, and all that follows from them.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    product,
    numberText,
    weightTexts,
    exactText,
    settingText,
    enclosed,
    sumOfProducts,
    parseNumber,
    parseSetting,
    pythonLines,
    decode,
    compute,
    seen,
    sizeText,
    formula,
    light,
    NumbersState,
    make,
    setText,
    Grid,
    button,
    stepper,
    choice,
    toggle,
    benchHistory,
    listenToHistory,
    benchCopies,
  } = globalThis.convlib;

  const HINT =
    "Click or tap a number to change it: type, press + and −, or paste rows. Drag the blue window.";
  const POOLS = [
    [null, "convolution"],
    ["max", "max pooling"],
    ["mean", "mean pooling"],
  ];
  const PADDINGS = [
    ["number", "number"],
    ["sides", "four sides"],
    ["same", "same"],
    ["valid", "valid"],
  ];
  const SIDES = ["top", "bottom", "left", "right"];

  // ---------------------------------------------------------------- the bench

  class NumbersBench extends NumbersState {
    constructor(element, { text, first = text, kernels, on }) {
      super(text, first, on);
      [this.element, this.kernels] = [element, kernels];
      this.chosen = null; // the number that + and − change: {grid, at}
      this.pointed = null; // the cell under the pointer: {grid, at}
      this.build();
      this.draw();
    }

    // ---------------------------------------------------------------- elements

    build() {
      this.grids = {
        image: this.editable("image"),
        kernel: this.editable("kernel"),
        output: new Grid("output", {
          point: (...at) => this.point("output", at),
          leave: () => this.point(),
          choose: (...at) => this.chooseOutput(at),
        }),
      };
      for (const name of ["patch", "laid", "products"]) {
        const on = { point: (...at) => this.point(name, at), leave: () => this.point() };
        this.grids[name] = new Grid({ laid: "kernel" }[name] ?? name, on, { isPicture: true });
      }
      this.panels = {};
      const { image, kernel, output, patch, laid, products } = this.grids;
      const size = (name, ...more) =>
        make("div", { class: "bench-size" }, this.sizer(name, 0), this.sizer(name, 1), ...more);
      this.sizes = {};
      this.windowCells = make("div", { class: "window-cells", "aria-hidden": "true" });
      this.top = make(
        "div",
        { class: "bench-grids" },
        this.panel("image", image.element, size("image")),
        this.panel("kernel", kernel.element, size("kernel", ...this.kernelChoices())),
        this.panel("size", this.windowCells, size("size")),
        this.panel("output", output.element),
      );
      this.total = make("div", { class: "cell total" }, "");
      const term = (sign, ...rest) =>
        make(
          "div",
          { class: "bench-term" },
          make("span", { class: "sign" }, sign),
          this.panel(...rest),
        );
      this.bottom = make(
        "div",
        { class: "bench-grids bench-arithmetic" },
        this.panel("patch", patch.element),
        (this.times = term("×", "laid", laid.element)),
        (this.equals = term("=", "products", products.element)),
        term("→", "total", this.total),
      );
      this.note = make("p", { class: "bench-note", "aria-live": "polite" });
      this.sentence = make("p", { class: "bench-sentence", "aria-live": "polite" });
      this.formula = make("p", { class: "bench-formula" });
      this.bar = make(
        "div",
        { class: "bench-chosen" },
        (this.stepButtons = make(
          "span",
          { class: "buttons" },
          button("−", "the chosen number: one less", () => this.stepChosen(-1)),
          button("+", "the chosen number: one more", () => this.stepChosen(1)),
        )),
        this.note,
      );
      this.element.classList.add("bench", "mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "Bench of numbers");
      this.copies = benchCopies(this);
      listenToHistory(this.element, this);
      this.element.replaceChildren(
        this.head(),
        this.top,
        this.bar,
        this.settings(),
        this.bottom,
        this.sentence,
        this.formula,
        this.copies.element,
      );
    }

    panel(name, ...children) {
      const title = make("div", { class: "bench-title" });
      const element = make("div", { class: `bench-panel ${name}-panel` }, title, ...children);
      this.panels[name] = { element, title };
      return element;
    }

    editable(name) {
      return new Grid(
        name,
        {
          point: (...at) => this.point(name, at),
          leave: () => this.point(),
          choose: (...at) => this.choose(name, at),
          write: (i, j, text) => this.attempt(() => this.write(name, i, j, parseNumber(text))),
          step: (i, j, by) => this.step(name, i, j, by),
          unstep: () => {
            this.undo();
            this.future.pop();
          },
          paste: (i, j, text) => this.paste(name, i, j, text),
          drag: name === "image" ? (...moved) => this.drag(...moved) : undefined,
        },
        { isEditable: true },
      );
    }

    sizer(name, axis) {
      const label = axis ? "columns" : "rows";
      const control = stepper(label, { step: (by) => this.resize(name, axis, by) });
      control.element.setAttribute("aria-label", `${name === "size" ? "window" : name}: ${label}`);
      this.sizes[`${name} ${axis}`] = control;
      return control.element;
    }

    kernelChoices() {
      const names = [["", "your own"], ...Object.keys(this.kernels).map((name) => [name, name])];
      this.named = choice("named", names, (name) =>
        name ? this.edit({ kernel: this.kernels[name] }) : this.draw(),
      );
      this.flip = toggle(
        "how the kernel is laid",
        [
          [false, "as it is"],
          [true, "flipped"],
        ],
        (flipped) => this.edit({ flipped }),
      );
      return [this.named.element, this.flip.element];
    }

    head() {
      this.pool = toggle("operation", POOLS, (pool) => this.setPool(pool));
      this.history = benchHistory(this);
      return make(
        "div",
        { class: "bench-bar" },
        this.pool.element,
        this.history.element,
      );
    }

    settings() {
      const setting = (name) =>
        stepper(name, {
          step: (by) => this.stepSetting(name, by),
          write: (text) => this.writeSetting(name, text),
        });
      this.fields = {
        stride: setting("stride"),
        padding: setting("padding"),
        dilation: setting("dilation"),
      };
      this.paddingKind = choice("padding", PADDINGS, (kind) => this.setPadding(kind));
      this.sides = SIDES.map((side, at) =>
        stepper(side, {
          step: (by) => this.setSide(at, (Number(this.state.padding.flat()[at]) || 0) + by),
          write: (text) => this.setSide(at, parseSetting(text)),
        }),
      );
      this.sideFields = make(
        "span",
        { class: "bench-sides" },
        ...this.sides.map(({ element }) => element),
      );
      this.fields.bias = stepper("bias", {
        step: (by) => this.edit({ bias: this.state.bias + by }, "bias"),
        write: (text) => this.attempt(() => this.edit({ bias: parseNumber(text) }, "bias")),
      });
      this.ceil = this.flag("ceil_mode", "a last window may hang over");
      this.counted = this.flag("count_include_pad", "count the padding");
      return make(
        "div",
        { class: "bench-settings" },
        this.fields.stride.element,
        this.fields.dilation.element,
        this.fields.bias.element,
        make(
          "span",
          { class: "bench-padding" },
          this.paddingKind.element,
          this.fields.padding.element,
          this.sideFields,
        ),
        this.ceil.label,
        this.counted.label,
      );
    }

    flag(name, text) {
      const box = make("input", {
        type: "checkbox",
        onchange: () => this.edit({ [name]: box.checked }),
      });
      return { box, label: make("label", { class: "flag" }, box, text) };
    }

    // ---------------------------------------------------------------- pointing

    point(grid = null, at = null) {
      const isSame = this.pointed?.grid === grid && String(this.pointed?.at) === String(at);
      if (isSame || (!this.pointed && !grid)) return;
      this.pointed = grid && { grid, at };
      this.draw();
    }

    choose(grid, at) {
      this.chosen = { grid, at };
      this.merge = null;
      this.refusal = "";
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
      if (
        this.chosen &&
        state[this.chosen.grid]?.[this.chosen.at[0]]?.[this.chosen.at[1]] === undefined
      )
        this.chosen = null;
      if (this.chosen?.grid === "kernel" && state.pool) this.chosen = null;
      this.drawControls();
      if (this.shown.error) this.drawError();
      else this.drawAll();
    }

    drawControls() {
      const { state } = this;
      this.pool.show(state.pool);
      this.flip.show(state.flipped);
      const kernel = String(state.kernel);
      const name = Object.keys(this.kernels).find(
        (key) =>
          String(this.kernels[key]) === kernel && this.kernels[key].length === state.kernel.length,
      );
      this.named.select.value = name ?? "";
      for (const part of ["image", "kernel"]) {
        this.sizes[`${part} 0`].show(String(state[part].length));
        this.sizes[`${part} 1`].show(String(state[part][0].length));
      }
      for (const axis of [0, 1]) this.sizes[`size ${axis}`].show(String(state.size[axis]));
      const isSides = Array.isArray(state.padding?.[0]);
      const isWord = ["same", "valid"].includes(state.padding);
      this.fields.stride.show(settingText(state.stride), state.pool ? state.size.join(", ") : "");
      this.fields.dilation.show(settingText(state.dilation));
      this.fields.bias.show(settingText(state.bias));
      this.paddingKind.select.value = isSides ? "sides" : isWord ? state.padding : "number";
      if (!isSides && !isWord) this.fields.padding.show(settingText(state.padding));
      if (isSides)
        state.padding.flat().forEach((value, at) => this.sides[at].show(settingText(value)));
      [this.ceil.box.checked, this.counted.box.checked] = [
        state.ceil_mode,
        state.count_include_pad,
      ];
      const hidden = [
        [this.panels.kernel.element, state.pool],
        [this.panels.size.element, !state.pool],
        [this.fields.bias.element, state.pool],
        [this.fields.dilation.element, state.pool === "mean"],
        [this.fields.padding.element, isSides || isWord],
        [this.sideFields, !isSides],
        [this.ceil.label, !state.pool],
        [this.counted.label, state.pool !== "mean"],
        [this.times, state.pool],
        [this.equals, state.pool],
        [this.stepButtons, !this.chosen],
      ];
      for (const [element, isHidden] of hidden) element.hidden = Boolean(isHidden);
      this.history.show();
      this.copies.show(pythonLines(state));
    }

    drawWindow() {
      const { size } = this.state;
      if (this.windowCells.dataset.size === String(size)) return;
      this.windowCells.dataset.size = String(size);
      const cells = Array.from({ length: size[0] * size[1] }, () =>
        make("div", { class: "cell window" }),
      );
      this.windowCells.replaceChildren(...cells);
      this.windowCells.style.setProperty("--columns", size[1]);
    }

    // Nothing of an output that does not exist is shown.
    drawError() {
      const { state } = this;
      this.showImage(
        [
          [0, 0],
          [0, 0],
        ],
        () => "",
        null,
      );
      this.showKernel(() => "");
      this.panels.output.element.classList.add("empty");
      this.bottom.hidden = true;
      setText(this.panels.image.title, `image ${sizeText(state.image)}`);
      setText(this.panels.output.title, "no output");
      this.formula.replaceChildren();
      this.showNote("");
      this.say(this.shown.error, true);
      this.fit();
    }

    say(sentence, isError = false) {
      setText(this.sentence, sentence);
      this.sentence.classList.toggle("refused", isError);
    }

    // What was refused is said beside the numbers, in place of any other note.
    showNote(note) {
      setText(this.note, this.refusal || note);
      this.note.classList.toggle("refused", Boolean(this.refusal));
    }

    drawAll() {
      const { state, shown } = this;
      const { output, call, window } = shown;
      const place = this.place();
      const taps = seen(shown, place);
      const pointed = this.pointed ?? this.chosen;
      const lights = light(state, shown, place, pointed?.grid === "output" ? null : pointed);
      const mark = (i, j) => {
        const words = [];
        if (taps[0].includes(i) && taps[1].includes(j)) words.push("window");
        if (lights.image(i, j)) words.push("lit");
        return words.join(" ");
      };
      const ends = [state.image.length, state.image[0].length].map(
        (n, a) => n + call.padding[a][1],
      );
      const spans = taps.map((axis, a) => Math.min(axis.at(-1) + 1, ends[a]) - axis[0]);
      this.showImage(call.padding, mark, [taps[0][0], taps[1][0], ...spans]);
      this.showKernel((a, b) => (lights.kernel(a, b) ? "lit" : ""));
      this.panels.output.element.classList.remove("empty");
      this.grids.output.show({
        texts: output.map((row) => row.map(numberText)),
        mark: (i, j) =>
          `${i === place[0] && j === place[1] ? "answer" : ""}${lights.output(i, j) ? " lit" : ""}`,
        frame: [...place, 1, 1],
      });
      setText(this.panels.image.title, `image ${sizeText(state.image)}`);
      setText(this.panels.output.title, `output ${sizeText(output)}`);
      this.drawArithmetic(place, taps, lights);
      this.formula.replaceChildren(...formula(state, shown).map((line) => make("span", {}, line)));
      this.showNote(lights.note || (this.chosen ? "" : HINT));
      this.fit(window);
    }

    showImage(padding, mark, frame) {
      const { image, pool, count_include_pad } = this.state;
      const outside = pool === "max" || (pool && !count_include_pad) ? "" : "0";
      const [[top, bottom], [left, right]] = padding;
      const row = (n) => Array(n).fill(outside);
      const wide = image[0].length + left + right;
      const texts = [
        ...Array.from({ length: top }, () => row(wide)),
        ...image.map((line) => [...row(left), ...line.map(numberText), ...row(right)]),
        ...Array.from({ length: bottom }, () => row(wide)),
      ];
      const isInside = (i, j) => i >= 0 && j >= 0 && i < image.length && j < image[0].length;
      this.grids.image.show({
        texts,
        rim: padding,
        frame,
        mark: (i, j) => `${isInside(i, j) ? "" : "outside "}${mark(i, j)}`,
        editText: (i, j) => exactText(this.state.image[i][j]),
      });
    }

    showKernel(mark) {
      const { kernel } = this.state;
      const texts = weightTexts(kernel);
      setText(this.panels.kernel.title, `kernel ${sizeText(kernel)}`);
      setText(this.panels.size.title, `window ${this.state.size.join("×")}`);
      this.grids.kernel.show({
        texts,
        mark: (i, j) => `kernel ${mark(i, j)}`,
        editText: (i, j) =>
          texts[i][j].includes("/") ? texts[i][j].replace("−", "-") : exactText(kernel[i][j]),
      });
    }

    drawArithmetic(place, taps, lights) {
      const { state, shown } = this;
      const pixel = (i, j) => state.image[i]?.[j];
      const patch = taps[0].map((i) => taps[1].map((j) => pixel(i, j)));
      const isBlank = state.pool === "max" || (state.pool && !state.count_include_pad);
      const padded = taps[0].map((i) => taps[1].map((j) => this.isCounted(i, j)));
      const texts = patch.map((row, a) =>
        row.map((value, b) =>
          value === undefined ? (isBlank || !padded[a][b] ? "" : "0") : numberText(value),
        ),
      );
      const total = shown.output[place[0]][place[1]];
      const outside = (a, b) => (patch[a][b] === undefined ? "outside" : "window");
      const lit = (a, b) => (lights.cell(a, b) ? " lit" : "");
      this.bottom.hidden = false;
      this.grids.patch.show({ texts, mark: (a, b) => outside(a, b) + lit(a, b) });
      setText(this.panels.patch.title, state.pool ? "under the window" : "patch");
      setText(this.total, numberText(total));
      const where = `Row ${place[0]}, column ${place[1]}: `;
      if (state.pool) {
        const values = texts.flat().filter(Boolean);
        setText(this.panels.total.title, state.pool === "max" ? "largest" : "mean");
        if (!values.length) this.say(`${where}the window sees only padding.`);
        else
          this.say(
            where +
              (state.pool === "max"
                ? `the largest of ${listing(values, ", ")} is ${numberText(total)}.`
                : `(${listing(values.map(enclosed), " + ")}) / ${values.length} = ${numberText(total)}.`),
          );
        return;
      }
      const weights = weightTexts(shown.laid);
      const products = patch.map((row, a) =>
        row.map((value, b) => product(value ?? 0, shown.laid[a][b])),
      );
      this.grids.laid.show({ texts: weights, mark: (a, b) => `kernel${lit(a, b)}` });
      this.grids.products.show({
        texts: products.map((row) => row.map(numberText)),
        mark: (a, b) => lit(a, b).trim(),
      });
      const withBias = state.bias !== 0;
      setText(this.panels.laid.title, state.flipped ? "kernel, flipped" : "kernel");
      setText(this.panels.products.title, "products");
      setText(
        this.panels.total.title,
        withBias ? `sum + ${enclosed(numberText(state.bias))}` : "sum",
      );
      const factors = texts.flatMap((row, a) => row.map((text, b) => [text, weights[a][b]]));
      const bias = withBias ? ` + ${enclosed(numberText(state.bias))}` : "";
      this.say(`${where}${sumOfProducts(factors)}${bias} = ${numberText(total)}.`);
    }

    // Padding is counted, what hangs over it is not.
    isCounted(i, j) {
      const { image } = this.state;
      const [[, bottom], [, right]] = this.shown.call.padding;
      return i < image.length + bottom && j < image[0].length + right;
    }

    // Tells the style sheet how many columns stand beside each other.
    fit() {
      const widths = ["image", this.state.pool ? "size" : "kernel", "output"].map((name) =>
        name === "size" ? this.state.size[1] : (this.grids[name].texts?.[0].length ?? 1),
      );
      this.top.style.setProperty("--widest", Math.max(...widths));
      this.top.style.setProperty(
        "--sum",
        widths.reduce((a, b) => a + b),
      );
      const window = this.state.pool ? this.state.size[1] : this.state.kernel[0].length;
      this.bottom.style.setProperty("--widest", window);
      this.bottom.style.setProperty("--sum", this.state.pool ? window + 1 : 3 * window + 1);
    }
  }

  function listing(texts, separator, most = 16) {
    const shown = texts.slice(0, most).join(separator);
    return texts.length > most ? `${shown}${separator}…` : shown;
  }

  // Named kernels come as text, each written like the kernel of a state.
  function readKernels(texts) {
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, decode(`1;x=0;k=${text}`).kernel]),
    );
  }

  globalThis.convlib.benches.numbers = {
    make: (element, { given, ...options }) =>
      new NumbersBench(element, { ...options, kernels: readKernels(given.kernels) }),
    problem: (text) => compute(decode(text)).error,
  };
  Object.assign(globalThis.convlib, { readKernels });
})();
