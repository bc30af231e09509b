// The bench of numbers: an image, a kernel or a pool window, and all that follows from them.
"use strict";
globalThis.convlib ??= {};
{
  const {
    Mistake, array, nested, convArguments, poolArguments, conv2d, maxpool, avgpool, flip, product, span,
    numberText, weightTexts, exactText, sumOfProducts, parseNumber, parseRows, parseSetting, settingText,
    pythonLines, encode, decode, checkRows, defaults, MOST, make, setText, Grid, button, stepper, choice, toggle,
  } = globalThis.convlib;

  const MOST_DRAWN = 24; // rows and columns of an image with its padding
  const HINT = "Click or tap a number to change it: type, press + and −, or paste rows. Drag the blue window.";
  const POOLS = [[null, "convolution"], ["max", "max pooling"], ["mean", "mean pooling"]];
  const PADDINGS = [["number", "number"], ["sides", "four sides"], ["same", "same"], ["valid", "valid"]];
  const SIDES = ["top", "bottom", "left", "right"];

  // ---------------------------------------------------------------- what follows from a state

  // Computes everything that is shown: {output, call, …}, or {error}, convlib's sentence.
  function compute(state) {
    try {
      return state.pool ? pooled(state) : convolved(state);
    } catch (mistake) {
      if (mistake instanceof Mistake) return { error: mistake.message };
      throw mistake;
    }
  }

  function convolved(state) {
    const [x, kernel] = [array(state.image), array(state.kernel)];
    const laid = state.flipped ? flip(kernel) : kernel;
    const call = convArguments(x, laid, state.bias, state);
    checkDrawn(state.image, call);
    const output = nested(conv2d(x, laid, state.bias, state));
    return { output, call, window: laid.shape, laid: nested(laid) };
  }

  function pooled(state) {
    const x = array(state.image);
    const options = { ...state, dilation: state.pool === "mean" ? 1 : state.dilation };
    const call = poolArguments(x, state.size, options);
    checkDrawn(state.image, call);
    if (state.pool === "mean") return { output: nested(avgpool(x, state.size, options)), call, window: state.size };
    const [y, winners] = maxpool(x, state.size, { ...options, return_indices: true });
    return { output: nested(y), winners: nested(winners), call, window: state.size };
  }

  function checkDrawn(image, { padding }) {
    const [height, width] = [image.length, image[0].length].map((n, a) => n + padding[a][0] + padding[a][1]);
    if (Math.max(height, width) <= MOST_DRAWN) return;
    throw new Mistake(`The image padded to ${height}×${width} is too large to be drawn here; convlib takes it`);
  }

  // Lists the pixels, along both axes, that the cells of the window see from one place.
  function seen({ call, window }, place) {
    return place.map((at, a) =>
      Array.from({ length: window[a] }, (_, cell) => at * call.stride[a] - call.padding[a][0] + cell * call.dilation[a]));
  }

  // Lists, along both axes, the places from which a pixel is seen.
  function reached({ call, window, output }, pixel) {
    const places = [output.length, output[0].length];
    return pixel.map((n, a) =>
      Array.from({ length: places[a] }, (_, at) => at).filter((at) => {
        const from = n + call.padding[a][0] - at * call.stride[a];
        return from >= 0 && from % call.dilation[a] === 0 && from / call.dilation[a] < window[a];
      }));
  }

  // ---------------------------------------------------------------- words

  function range(what, numbers) {
    const isRun = numbers.length > 1 && numbers.at(-1) - numbers[0] === numbers.length - 1;
    const listed = isRun ? `${numbers[0]} to ${numbers.at(-1)}` : numbers.join(", ");
    return `${what}${numbers.length === 1 ? "" : "s"} ${listed}`;
  }

  function counted(n, what) {
    return `${n} ${what}${n === 1 ? "" : "s"}`;
  }

  function sizeText(rows) {
    return `${rows.length}×${rows[0].length}`;
  }

  function formula(state, { call, window, output }) {
    const { stride, padding, dilation } = call;
    const image = [state.image.length, state.image[0].length];
    const places = [output.length, output[0].length];
    const lines = image.map((n, a) => {
      const [before, after] = padding[a];
      const room = `(${n} + ${before} + ${after} − ${dilation[a]}·(${window[a]} − 1) − 1)`;
      const rounding = state.pool && state.ceil_mode;
      const divided = rounding ? `⌈${room} / ${stride[a]}⌉` : `${room} // ${stride[a]}`;
      const exact = rounding
        ? Math.ceil((n + before + after - span(window[a], dilation[a])) / stride[a]) + 1 : places[a];
      const less = exact === places[a] ? "" : ` − ${exact - places[a]} that would start in the padding`;
      return `${divided} + 1${less} = ${places[a]}`;
    });
    const named = lines[0] === lines[1] ? [["rows and columns", lines[0]]] : [["rows", lines[0]], ["columns", lines[1]]];
    return named.map(([name, line]) => `output ${name} = ${line}`);
  }

  // ---------------------------------------------------------------- the bench

  class NumbersBench {
    // `on.change(text)` is told every state that differs from the one before.
    constructor(element, { text, first = text, kernels, on }) {
      [this.element, this.first, this.kernels, this.on] = [element, first, kernels, on];
      [this.past, this.future, this.merge] = [[], [], null];
      this.state = decode(text);
      this.told = text;
      this.chosen = null; // the number that + and − change: {grid, at}
      this.pointed = null; // the cell under the pointer: {grid, at}
      this.build();
      this.draw();
    }

    // ---------------------------------------------------------------- changes

    // Edits with the same `merge`, one after the other, are undone together.
    edit(changes, merge = null) {
      const before = encode(this.state);
      this.state = { ...this.state, ...changes };
      const isNew = encode(this.state) !== before;
      if (isNew && (merge === null || merge !== this.merge)) this.past.push(before);
      if (isNew) this.future = [];
      this.merge = merge;
      this.refresh();
    }

    refresh() {
      this.refusal = "";
      this.draw();
      const text = encode(this.state);
      if (text === this.told) return;
      this.told = text;
      this.on.change(text);
    }

    load(text) {
      if (text !== this.told) this.edit(decode(text));
    }

    undo(from = this.past, to = this.future) {
      if (!from.length) return;
      to.push(encode(this.state));
      this.state = decode(from.pop());
      this.merge = null;
      this.refresh();
    }

    redo() {
      this.undo(this.future, this.past);
    }

    reset() {
      this.edit(decode(this.first));
    }

    // Does what may be refused; tells whether it was done.
    attempt(action) {
      try {
        action();
        return true;
      } catch (mistake) {
        if (!(mistake instanceof Mistake)) throw mistake;
        this.refuse(mistake.message);
        return false;
      }
    }

    refuse(sentence) {
      this.refusal = sentence;
      this.draw();
    }

    move(place) {
      this.state = { ...this.state, place };
      this.refresh();
    }

    write(name, i, j, value) {
      const rows = this.state[name].map((row, at) => (at === i ? row.with(j, value) : row));
      this.edit({ [name]: rows });
    }

    step(name, i, j, by) {
      const value = this.state[name][i][j];
      const moved = Number.isInteger(value) ? value + by : Number((value + by).toPrecision(15));
      this.attempt(() => this.write(name, i, j, parseNumber(exactText(moved))));
    }

    // A whole array takes the place of the old one; rows are laid over it from a cell on.
    paste(name, i, j, text) {
      this.attempt(() => {
        const { rows, isWhole } = parseRows(text);
        const old = isWhole ? [[]] : this.state[name];
        const [top, left] = isWhole ? [0, 0] : [i, j];
        const height = Math.max(isWhole ? 0 : old.length, top + rows.length);
        const width = Math.max(old[0].length, left + rows[0].length);
        const value = (r, c) => rows[r - top]?.[c - left] ?? old[r]?.[c] ?? 0;
        const merged = Array.from({ length: height }, (_, r) => Array.from({ length: width }, (__, c) => value(r, c)));
        checkRows(name, merged);
        this.edit({ [name]: merged });
      });
    }

    resize(name, axis, by) {
      const what = axis ? "column" : "row";
      if (name === "size") {
        const size = this.state.size.with(axis, this.state.size[axis] + by);
        if (size[axis] < 1) return this.refuse(`The pool window needs at least one ${what}`);
        if (size[axis] > MOST.kernel) return this.refuse(`The pool window has room for ${MOST.kernel} ${what}s`);
        return this.edit({ size });
      }
      const old = this.state[name];
      if (by < 0 && (axis ? old[0] : old).length === 1) return this.refuse(`The ${name} needs at least one ${what}`);
      const more = axis ? (row) => [...row, 0] : (row) => row;
      const less = axis ? (row) => row.slice(0, -1) : (row) => row;
      let rows = old.map(by > 0 ? more : less);
      if (!axis) rows = by > 0 ? [...old, Array(old[0].length).fill(0)] : old.slice(0, -1);
      return this.attempt(() => {
        checkRows(name, rows);
        this.edit({ [name]: rows });
      });
    }

    setPool(pool) {
      if (pool === this.state.pool) return;
      const stride = pool && this.state.pool ? this.state.stride : defaults(pool).stride;
      this.edit({ pool, stride });
    }

    // A setting is what stands in its field, right or wrong: convlib's sentence judges it.
    writeSetting(name, text) {
      const value = parseSetting(text);
      this.edit({ [name]: value === "" && name === "stride" && this.state.pool ? null : value }, name);
    }

    stepSetting(name, by) {
      const value = this.state[name] ?? this.state.size;
      const start = Array.isArray(value) || typeof value === "number" ? value : defaults(this.state.pool)[name] ?? 1;
      this.edit({ [name]: Array.isArray(start) ? start.map((n) => n + by) : start + by }, name);
    }

    setPadding(kind) {
      const sides = this.shown.call?.padding ?? [[0, 0], [0, 0]];
      const [first, ...others] = sides.flat();
      const number = others.every((n) => n === first) ? first : 0;
      this.edit({ padding: { number, sides }[kind] ?? kind });
    }

    setSide(at, value) {
      const sides = this.state.padding.flat().with(at, value);
      this.edit({ padding: [sides.slice(0, 2), sides.slice(2)] }, `padding ${at}`);
    }

    // ---------------------------------------------------------------- elements

    build() {
      this.grids = {
        image: this.editable("image"), kernel: this.editable("kernel"),
        output: new Grid("output", {
          point: (...at) => this.point("output", at), leave: () => this.point(),
          choose: (...at) => this.chooseOutput(at),
        }),
      };
      for (const name of ["patch", "laid", "products"]) {
        const on = { point: (...at) => this.point(name, at), leave: () => this.point() };
        this.grids[name] = new Grid({ laid: "kernel" }[name] ?? name, on, { isPicture: true });
      }
      this.panels = {};
      const { image, kernel, output, patch, laid, products } = this.grids;
      const size = (name, ...more) => make("div", { class: "bench-size" }, this.sizer(name, 0), this.sizer(name, 1), ...more);
      this.sizes = {};
      this.windowCells = make("div", { class: "window-cells", "aria-hidden": "true" });
      this.top = make(
        "div", { class: "bench-grids" },
        this.panel("image", image.element, size("image")),
        this.panel("kernel", kernel.element, size("kernel", ...this.kernelChoices())),
        this.panel("size", this.windowCells, size("size")),
        this.panel("output", output.element),
      );
      this.total = make("div", { class: "cell total" }, "");
      const term = (sign, ...rest) => make("div", { class: "bench-term" }, make("span", { class: "sign" }, sign), this.panel(...rest));
      this.bottom = make(
        "div", { class: "bench-grids bench-arithmetic" },
        this.panel("patch", patch.element), this.times = term("×", "laid", laid.element),
        this.equals = term("=", "products", products.element), term("→", "total", this.total),
      );
      this.note = make("p", { class: "bench-note", "aria-live": "polite" });
      this.sentence = make("p", { class: "bench-sentence", "aria-live": "polite" });
      this.formula = make("p", { class: "bench-formula" });
      this.bar = make(
        "div", { class: "bench-chosen" },
        this.stepButtons = make(
          "span", { class: "buttons" },
          button("−", "the chosen number: one less", () => this.stepChosen(-1)),
          button("+", "the chosen number: one more", () => this.stepChosen(1)),
        ),
        this.note,
      );
      this.element.classList.add("bench", "mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "Bench of numbers");
      this.element.addEventListener("keydown", (event) => this.onKey(event));
      this.element.replaceChildren(
        this.head(), this.top, this.bar, this.settings(), this.bottom, this.sentence, this.formula, this.foot(),
      );
    }

    panel(name, ...children) {
      const title = make("div", { class: "bench-title" });
      const element = make("div", { class: `bench-panel ${name}-panel` }, title, ...children);
      this.panels[name] = { element, title };
      return element;
    }

    editable(name) {
      return new Grid(name, {
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
      }, { isEditable: true });
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
      this.named = choice("named", names, (name) => (name ? this.edit({ kernel: this.kernels[name] }) : this.draw()));
      this.flip = toggle("how the kernel is laid", [[false, "as it is"], [true, "flipped"]],
        (flipped) => this.edit({ flipped }));
      return [this.named.element, this.flip.element];
    }

    head() {
      this.pool = toggle("operation", POOLS, (pool) => this.setPool(pool));
      this.actions = {
        undo: button("Undo", "Undo", () => this.undo()),
        redo: button("Redo", "Redo", () => this.redo()),
        reset: button("Reset", "Reset", () => this.reset()),
      };
      return make("div", { class: "bench-bar" }, this.pool.element,
        make("span", { class: "buttons" }, ...Object.values(this.actions)));
    }

    settings() {
      const setting = (name) =>
        stepper(name, { step: (by) => this.stepSetting(name, by), write: (text) => this.writeSetting(name, text) });
      this.fields = { stride: setting("stride"), padding: setting("padding"), dilation: setting("dilation") };
      this.paddingKind = choice("padding", PADDINGS, (kind) => this.setPadding(kind));
      this.sides = SIDES.map((side, at) => stepper(side, {
        step: (by) => this.setSide(at, (Number(this.state.padding.flat()[at]) || 0) + by),
        write: (text) => this.setSide(at, parseSetting(text)),
      }));
      this.sideFields = make("span", { class: "bench-sides" }, ...this.sides.map(({ element }) => element));
      this.fields.bias = stepper("bias", {
        step: (by) => this.edit({ bias: this.state.bias + by }, "bias"),
        write: (text) => this.attempt(() => this.edit({ bias: parseNumber(text) }, "bias")),
      });
      this.ceil = this.flag("ceil_mode", "a last window may hang over");
      this.counted = this.flag("count_include_pad", "count the padding");
      return make(
        "div", { class: "bench-settings" }, this.fields.stride.element, this.fields.dilation.element,
        this.fields.bias.element,
        make("span", { class: "bench-padding" }, this.paddingKind.element, this.fields.padding.element, this.sideFields),
        this.ceil.label, this.counted.label,
      );
    }

    flag(name, text) {
      const box = make("input", { type: "checkbox", onchange: () => this.edit({ [name]: box.checked }) });
      return { box, label: make("label", { class: "flag" }, box, text) };
    }

    foot() {
      this.code = make("pre", { class: "bench-code", tabindex: "0", role: "region", "aria-label": "Python", hidden: "" });
      this.copied = make("span", { role: "status" });
      const buttons = [button("Copy as Python", "Copy as Python", () => this.copyPython())];
      if (this.on.link) buttons.push(button("Copy link", "Copy link", () => this.copy(this.on.link())));
      return make("div", { class: "bench-foot" }, make("span", { class: "buttons" }, ...buttons, this.copied), this.code);
    }

    copyPython() {
      this.code.hidden = false;
      this.copy(this.code.textContent);
    }

    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        setText(this.copied, "Copied");
      } catch {
        this.code.hidden = false;
        setText(this.copied, "Your browser does not let a page copy; select the lines below");
      }
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
      const moved = [rows, columns].map((cells, a) => Math.round(this.dragged[a] + cells / call.stride[a]));
      const place = moved.map((at, a) => Math.min(Math.max(at, 0), last[a]));
      this.pointed = null;
      if (String(place) !== String(this.state.place)) this.move(place);
    }

    onKey(event) {
      const isField = event.target.matches("input, select");
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isField) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) this.undo();
      else if (key === "y" || key === "z") this.redo();
      else return;
      event.preventDefault();
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
      if (this.chosen && state[this.chosen.grid]?.[this.chosen.at[0]]?.[this.chosen.at[1]] === undefined) this.chosen = null;
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
      const name = Object.keys(this.kernels).find((key) => String(this.kernels[key]) === kernel
        && this.kernels[key].length === state.kernel.length);
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
      if (isSides) state.padding.flat().forEach((value, at) => this.sides[at].show(settingText(value)));
      [this.ceil.box.checked, this.counted.box.checked] = [state.ceil_mode, state.count_include_pad];
      const hidden = [
        [this.panels.kernel.element, state.pool], [this.panels.size.element, !state.pool],
        [this.fields.bias.element, state.pool], [this.fields.dilation.element, state.pool === "mean"],
        [this.fields.padding.element, isSides || isWord], [this.sideFields, !isSides],
        [this.ceil.label, !state.pool], [this.counted.label, state.pool !== "mean"],
        [this.times, state.pool], [this.equals, state.pool], [this.stepButtons, !this.chosen],
      ];
      for (const [element, isHidden] of hidden) element.hidden = Boolean(isHidden);
      this.actions.undo.setAttribute("aria-disabled", String(!this.past.length));
      this.actions.redo.setAttribute("aria-disabled", String(!this.future.length));
      this.actions.reset.setAttribute("aria-disabled", String(encode(state) === this.first));
      this.drawWindow();
      if (!this.code.hidden || !this.code.textContent) setText(this.code, pythonLines(state));
    }

    drawWindow() {
      const { size } = this.state;
      if (this.windowCells.dataset.size === String(size)) return;
      this.windowCells.dataset.size = String(size);
      const cells = Array.from({ length: size[0] * size[1] }, () => make("div", { class: "cell window" }));
      this.windowCells.replaceChildren(...cells);
      this.windowCells.style.setProperty("--columns", size[1]);
    }

    // Nothing of an output that does not exist is shown.
    drawError() {
      const { state } = this;
      this.showImage([[0, 0], [0, 0]], () => "", null);
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
      const light = this.light(taps);
      const mark = (i, j) => {
        const words = [];
        if (taps[0].includes(i) && taps[1].includes(j)) words.push("window");
        if (light.image(i, j)) words.push("lit");
        return words.join(" ");
      };
      const ends = [state.image.length, state.image[0].length].map((n, a) => n + call.padding[a][1]);
      const spans = taps.map((axis, a) => Math.min(axis.at(-1) + 1, ends[a]) - axis[0]);
      this.showImage(call.padding, mark, [taps[0][0], taps[1][0], ...spans]);
      this.showKernel((a, b) => (light.kernel(a, b) ? "lit" : ""));
      this.panels.output.element.classList.remove("empty");
      this.grids.output.show({
        texts: output.map((row) => row.map(numberText)),
        mark: (i, j) => `${i === place[0] && j === place[1] ? "output" : ""}${light.output(i, j) ? " lit" : ""}`,
        frame: [...place, 1, 1],
      });
      setText(this.panels.image.title, `image ${sizeText(state.image)}`);
      setText(this.panels.output.title, `output ${sizeText(output)}`);
      this.drawArithmetic(place, taps, light);
      this.formula.replaceChildren(...formula(state, shown).map((line) => make("span", {}, line)));
      this.showNote(light.note || (this.chosen ? "" : HINT));
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
        texts, rim: padding, frame, mark: (i, j) => `${isInside(i, j) ? "" : "outside "}${mark(i, j)}`,
        editText: (i, j) => exactText(this.state.image[i][j]),
      });
    }

    showKernel(mark) {
      const { kernel } = this.state;
      const texts = weightTexts(kernel);
      setText(this.panels.kernel.title, `kernel ${sizeText(kernel)}`);
      setText(this.panels.size.title, `window ${this.state.size.join("×")}`);
      this.grids.kernel.show({
        texts, mark: (i, j) => `kernel ${mark(i, j)}`,
        editText: (i, j) => (texts[i][j].includes("/") ? texts[i][j].replace("−", "-") : exactText(kernel[i][j])),
      });
    }

    drawArithmetic(place, taps, light) {
      const { state, shown } = this;
      const pixel = (i, j) => state.image[i]?.[j];
      const patch = taps[0].map((i) => taps[1].map((j) => pixel(i, j)));
      const isBlank = state.pool === "max" || (state.pool && !state.count_include_pad);
      const padded = taps[0].map((i) => taps[1].map((j) => this.isCounted(i, j)));
      const texts = patch.map((row, a) => row.map((value, b) =>
        value === undefined ? (isBlank || !padded[a][b] ? "" : "0") : numberText(value)));
      const total = shown.output[place[0]][place[1]];
      const outside = (a, b) => (patch[a][b] === undefined ? "outside" : "window");
      const lit = (a, b) => (light.cell(a, b) ? " lit" : "");
      this.bottom.hidden = false;
      this.grids.patch.show({ texts, mark: (a, b) => outside(a, b) + lit(a, b) });
      setText(this.panels.patch.title, state.pool ? "under the window" : "patch");
      setText(this.total, numberText(total));
      const where = `Row ${place[0]}, column ${place[1]}: `;
      if (state.pool) {
        const values = texts.flat().filter(Boolean);
        setText(this.panels.total.title, state.pool === "max" ? "largest" : "mean");
        if (!values.length) this.say(`${where}the window sees only padding.`);
        else this.say(where + (state.pool === "max"
          ? `the largest of ${listing(values, ", ")} is ${numberText(total)}.`
          : `(${listing(values.map(parenthesised), " + ")}) / ${values.length} = ${numberText(total)}.`));
        return;
      }
      const weights = weightTexts(shown.laid);
      const products = patch.map((row, a) => row.map((value, b) => product(value ?? 0, shown.laid[a][b])));
      this.grids.laid.show({ texts: weights, mark: (a, b) => `kernel${lit(a, b)}` });
      this.grids.products.show({
        texts: products.map((row) => row.map(numberText)), mark: (a, b) => lit(a, b).trim(),
      });
      const withBias = state.bias !== 0;
      setText(this.panels.laid.title, state.flipped ? "kernel, flipped" : "kernel");
      setText(this.panels.products.title, "products");
      setText(this.panels.total.title, withBias ? `sum + ${parenthesised(numberText(state.bias))}` : "sum");
      const factors = texts.flatMap((row, a) => row.map((text, b) => [text, weights[a][b]]));
      const bias = withBias ? ` + ${parenthesised(numberText(state.bias))}` : "";
      this.say(`${where}${sumOfProducts(factors)}${bias} = ${numberText(total)}.`);
    }

    // Padding is counted, what hangs over it is not.
    isCounted(i, j) {
      const { image } = this.state;
      const [[, bottom], [, right]] = this.shown.call.padding;
      return i < image.length + bottom && j < image[0].length + right;
    }

    // ---------------------------------------------------------------- what lights up

    // Tells which cells belong to the one that is pointed at or chosen, and says it in words.
    light(taps) {
      const { state, shown } = this;
      const pointed = this.pointed && this.pointed.grid !== "output" ? this.pointed : this.pointed ? null : this.chosen;
      const none = () => false;
      const dark = { image: none, kernel: none, output: none, cell: none, note: "" };
      if (!pointed) return state.pool === "max" ? { ...dark, ...this.winner(taps) } : dark;
      const { grid, at } = pointed;
      if (grid === "image") return this.lightOfPixel(at, taps);
      if (grid === "kernel") return this.lightOfWeight(this.laidAt(at), taps);
      const [a, b] = at;
      const cell = (i, j) => i === a && j === b;
      const pixel = [taps[0][a], taps[1][b]];
      const weight = this.laidAt(at);
      return {
        ...dark, cell, image: (i, j) => i === pixel[0] && j === pixel[1],
        kernel: (i, j) => !state.pool && i === weight[0] && j === weight[1],
        note: shown.laid ? `This product is pixel row ${pixel[0]}, column ${pixel[1]} times weight row ${weight[0]}, column ${weight[1]}.` : "",
      };
    }

    winner(taps) {
      const [i, j] = this.place();
      const index = this.shown.winners[i][j];
      const wide = this.state.image[0].length;
      const [row, column] = [Math.floor(index / wide), index % wide];
      const [a, b] = [taps[0].indexOf(row), taps[1].indexOf(column)];
      return { image: (r, c) => r === row && c === column, cell: (r, c) => r === a && c === b };
    }

    // A flipped kernel is laid with its last row first, read backwards.
    laidAt([a, b]) {
      const [rows, columns] = this.shown.window;
      return this.state.flipped && !this.state.pool ? [rows - 1 - a, columns - 1 - b] : [a, b];
    }

    lightOfPixel([i, j], taps) {
      const { state, shown } = this;
      const [rows, columns] = reached(shown, [i, j]);
      const [a, b] = [taps[0].indexOf(i), taps[1].indexOf(j)];
      const isUnder = a >= 0 && b >= 0;
      const weight = this.laidAt([a, b]);
      const all = shown.output.length * shown.output[0].length;
      const reach = rows.length * columns.length;
      const which = reach ? ` (${range("row", rows)}, ${range("column", columns)})` : "";
      const meets = state.pool ? "" : isUnder
        ? ` In this window it meets the weight ${weightTexts(shown.laid)[a][b]}.` : " It is not under the window now.";
      return {
        image: (r, c) => r === i && c === j,
        kernel: (r, c) => isUnder && !state.pool && r === weight[0] && c === weight[1],
        cell: (r, c) => isUnder && r === a && c === b,
        output: (r, c) => rows.includes(r) && columns.includes(c),
        note: `Pixel at row ${i}, column ${j}: it reaches ${reach} of ${counted(all, "output")}${which}.${meets}`,
      };
    }

    // `at` is the place of the weight as the kernel is laid.
    lightOfWeight(at, taps) {
      const { call, output } = this.shown;
      const places = [output.length, output[0].length];
      const [rows, columns] = at.map((cell, a) => Array.from({ length: places[a] },
        (_, n) => n * call.stride[a] - call.padding[a][0] + cell * call.dilation[a]));
      const { image } = this.state;
      const inside = rows.filter((i) => image[i]).length * columns.filter((j) => image[0][j] !== undefined).length;
      const outside = rows.length * columns.length - inside;
      const weight = this.laidAt(at);
      const now = image[taps[0][at[0]]]?.[taps[1][at[1]]];
      return {
        image: (i, j) => rows.includes(i) && columns.includes(j),
        kernel: (a, b) => a === weight[0] && b === weight[1],
        cell: (a, b) => a === at[0] && b === at[1],
        output: () => false,
        note: `Weight at row ${weight[0]}, column ${weight[1]}: it meets ${counted(inside, "pixel")}`
          + `${outside ? ` and ${counted(outside, "cell")} of padding` : ""}; in this window `
          + `${now === undefined ? "padding" : numberText(now)}.`,
      };
    }

    // Tells the style sheet how many columns stand beside each other.
    fit() {
      const widths = ["image", this.state.pool ? "size" : "kernel", "output"].map((name) =>
        name === "size" ? this.state.size[1] : this.grids[name].texts?.[0].length ?? 1);
      this.top.style.setProperty("--widest", Math.max(...widths));
      this.top.style.setProperty("--sum", widths.reduce((a, b) => a + b));
      const window = this.state.pool ? this.state.size[1] : this.state.kernel[0].length;
      this.bottom.style.setProperty("--widest", window);
      this.bottom.style.setProperty("--sum", this.state.pool ? window + 1 : 3 * window + 1);
    }
  }

  function parenthesised(text) {
    return text.startsWith("−") ? `(${text})` : text;
  }

  function listing(texts, separator, most = 16) {
    const shown = texts.slice(0, most).join(separator);
    return texts.length > most ? `${shown}${separator}…` : shown;
  }

  // In Jupyter: the state is shared with Python, and with every other view of the bench.
  function render({ model, el }) {
    const kernels = readKernels(model.get("kernels"));
    const change = (text) => {
      model.set("state", text);
      model.save_changes();
    };
    const bench = new NumbersBench(el, { text: model.get("state"), first: model.get("first"), kernels, on: { change } });
    // JupyterLab looks for this attribute on whatever has the focus, and leaves its keys alone.
    el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    const load = () => bench.load(model.get("state"));
    model.on("change:state", load);
    return () => model.off("change:state", load);
  }

  // Named kernels come as text, each written like the kernel of a state.
  function readKernels(texts) {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, decode(`1;x=0;k=${text}`).kernel]));
  }

  Object.assign(globalThis.convlib, { NumbersBench, renderNumbers: render, readKernels, compute });
}
