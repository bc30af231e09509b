// The bench of layers: a stack of up to five, and what the cell under the pointer sees of each.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    BenchState,
    make,
    setText,
    button,
    stepper,
    benchHistory,
    listenToHistory,
    benchCopies,
    MOST_OF_LAYERS: MOST,
    roomFor,
    stacked,
    layersSentence,
    layersLines,
    encodeLayers,
    decodeLayers,
    plainNumber,
  } = globalThis.convlib;

  const SIDE = 160; // of a layer, in units of its picture
  const SHADES = 5;
  const HINT = "Point at a cell, or tap it. The stronger the blue, the more ways lead there.";
  const WORDS = { conv: "convolution", pool: "pool" };
  const SETTINGS = ["size", "stride", "padding", "dilation"];
  const NEW = {
    conv: { kind: "conv", size: 3, stride: 1, padding: 0, dilation: 1 },
    pool: { kind: "pool", size: 2, stride: 2, padding: 0, dilation: 1 },
  };
  const AXES = ["layer", "row", "column"];

  function svg(tag, attributes = {}, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // ---------------------------------------------------------------- the squares of one layer

  // Calls point(row, column), leave() and choose(row, column).
  class Squares {
    constructor(on) {
      this.on = on;
      this.shades = Array.from({ length: SHADES }, (_, shade) =>
        svg("path", { class: "square seen", "fill-opacity": (shade + 1) / SHADES }),
      );
      this.reached = svg("path", { class: "square reached" });
      this.lines = svg("path", { class: "square-lines" });
      this.here = svg("rect", { class: "square-here" });
      this.element = svg(
        "svg",
        { class: "squares", viewBox: `-1 -1 ${SIDE + 2} ${SIDE + 2}`, "aria-hidden": "true" },
        svg("rect", { class: "square-paper", width: SIDE, height: SIDE }),
        ...this.shades,
        this.reached,
        this.lines,
        this.here,
      );
      this.listen();
    }

    // Shows a layer of `count` by `count` cells; `axes` are the rows and columns that are marked.
    show(count, [rows, columns], isBelow, here) {
      const side = SIDE / count;
      const at = (n) => +(n * side).toFixed(2);
      const most = Math.max(...rows) * Math.max(...columns);
      const paths = Array(SHADES).fill("");
      this.count = count;
      rows.forEach((down, i) =>
        columns.forEach((across, j) => {
          if (!down || !across) return;
          const shade = isBelow ? Math.ceil((down * across * SHADES) / most) - 1 : 0;
          paths[shade] += `M${at(j)} ${at(i)}h${at(1)}v${at(1)}h-${at(1)}z`;
        }),
      );
      this.shades.forEach((path, shade) => path.setAttribute("d", isBelow ? paths[shade] : ""));
      this.reached.setAttribute("d", isBelow ? "" : paths[0]);
      const lines = Array.from(
        { length: count - 1 },
        (_, n) => `M0 ${at(n + 1)}h${SIDE}M${at(n + 1)} 0v${SIDE}`,
      );
      this.lines.setAttribute("d", lines.join(""));
      this.here.style.display = here ? "" : "none";
      if (!here) return;
      const place = { y: at(here[0]), x: at(here[1]), width: at(1), height: at(1) };
      for (const [name, value] of Object.entries(place)) this.here.setAttribute(name, value);
    }

    listen() {
      const { element, on } = this;
      element.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        element.setPointerCapture(event.pointerId);
        on.choose(...this.under(event));
      });
      element.addEventListener("pointermove", (event) => {
        if (element.hasPointerCapture(event.pointerId)) on.choose(...this.under(event));
        else if (event.pointerType !== "touch") on.point(...this.under(event));
      });
      element.addEventListener("pointerleave", () => on.leave());
    }

    // The cell under the pointer; a pointer that has left the layer while dragging keeps to its rim.
    under({ clientX, clientY }) {
      const box = boxOf(this.element);
      return [
        [clientY, box.top, box.height],
        [clientX, box.left, box.width],
      ].map(([value, start, size]) => {
        const cell = Math.floor(((value - start) / size) * this.count);
        return Math.min(Math.max(cell, 0), this.count - 1);
      });
    }
  }

  // Where the squares stand in the window, without the margin for their outer line.
  function boxOf(element) {
    const { left, top, width } = element.getBoundingClientRect();
    const unit = width / (SIDE + 2);
    return { left: left + unit, top: top + unit, width: SIDE * unit, height: SIDE * unit };
  }

  // ---------------------------------------------------------------- the bench

  class LayersBench extends BenchState {
    constructor(element, { text, first, on }) {
      super({ encode: encodeLayers, decode: decodeLayers }, text, first, on);
      this.element = element;
      this.pointed = null; // [layer, row, column] under the pointer
      this.cards = [];
      this.build();
      this.draw();
    }

    build() {
      this.history = benchHistory(this);
      this.copies = benchCopies(this);
      this.more = Object.keys(NEW).map((kind) =>
        button(`Add a ${WORDS[kind]}`, `Add a ${WORDS[kind]}`, () => this.add(kind)),
      );
      this.stack = make("div", { class: "bench-stack" });
      this.heads = make(
        "div",
        { class: "bench-layer bench-layer-heads", "aria-hidden": "true" },
        ...["", ...SETTINGS].map((name) => make("span", {}, name)),
      );
      this.layers = make("div", { class: "bench-layers" });
      this.sliders = AXES.map((name, axis) => {
        const input = make("input", {
          type: "range",
          min: "0",
          "aria-label": name,
          oninput: () => this.slide(axis, Number(input.value)),
        });
        const output = make("output", {}, "");
        const label = make("label", { class: "bench-slider" }, make("span", {}, name), input, output);
        return { input, output, label };
      });
      this.sentence = make("p", { class: "bench-sentence", "aria-live": "polite" });
      this.note = make("p", { class: "bench-note", "aria-live": "polite" });
      this.rows = make("tbody");
      const heads = ["layer", "rows and columns", "sees", "step"];
      this.table = make(
        "table",
        { class: "bench-table" },
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        this.rows,
      );
      this.bar = make(
        "div",
        { class: "bench-bar" },
        make("span", { class: "buttons" }, ...this.more),
        this.history.element,
      );
      this.element.classList.add("bench", "mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "Bench of layers");
      listenToHistory(this.element, this);
      this.element.replaceChildren(
        this.stack,
        this.note,
        make("div", { class: "bench-sliders" }, ...this.sliders.map(({ label }) => label)),
        this.sentence,
        this.layers,
        this.bar,
        make(
          "div",
          { class: "bench-scroll", role: "region", "aria-label": "sizes", tabindex: "0" },
          this.table,
        ),
        this.copies.element,
      );
    }

    // The picture and the settings of the image (0) or of a layer.
    card(number) {
      const squares = new Squares({
        point: (...cell) => this.point([number, ...cell]),
        leave: () => this.point(null),
        choose: (...cell) => this.choose([number, ...cell]),
      });
      const title = make("div", { class: "bench-title" });
      const names = number ? SETTINGS : ["length"];
      const fields = names.map((name) =>
        stepper(name, {
          step: (by) => this.set(number, name, this.setting(number, name) + by),
          write: (text) => this.set(number, name, plainNumber(text.trim()) ?? text),
        }),
      );
      const remove = button("×", `Remove layer ${number}`, () => this.remove(number));
      const name = make("span", { class: "bench-layer-name", "aria-hidden": "true" });
      const settings = make(
        "div",
        { class: "bench-layer", role: "group" },
        name,
        ...fields.map((field) => field.element),
        ...(number ? [remove] : []),
      );
      const picture = make("div", { class: "bench-card" }, title, squares.element);
      return { picture, settings, title, name, squares, fields, remove };
    }

    // ---------------------------------------------------------------- changing

    setting(number, name) {
      return number ? this.state.layers[number - 1][name] : this.state.length;
    }

    set(number, name, value) {
      this.attempt(() => {
        const setting = { [name]: roomFor(name, value) };
        if (!number) return this.edit(setting, name);
        const { layers } = this.state;
        const changed = { ...layers[number - 1], ...setting };
        return this.edit({ layers: layers.with(number - 1, changed) }, `${number} ${name}`);
      });
    }

    add(kind) {
      if (this.state.layers.length === MOST.layers)
        return this.refuse(`The bench has room for ${MOST.layers} layers`);
      return this.edit({ layers: [...this.state.layers, NEW[kind]], place: null });
    }

    remove(number) {
      if (this.state.layers.length === 1) return this.refuse("The bench needs at least one layer");
      return this.edit({ layers: this.state.layers.toSpliced(number - 1, 1), place: null });
    }

    point(place) {
      if (String(place) === String(this.pointed)) return;
      this.pointed = place;
      if (!this.shown.error) this.draw();
    }

    choose(place) {
      this.pointed = null;
      if (!this.shown.error && String(place) !== String(this.state.place)) this.move(place);
    }

    slide(axis, value) {
      this.choose(this.shown.place.with(axis, value));
    }

    // ---------------------------------------------------------------- drawing

    draw() {
      const { state } = this;
      const place = this.pointed ?? state.place;
      this.shown = stacked({ ...state, place });
      this.history.show();
      this.copies.show(layersLines(state));
      this.drawCards();
      const { error } = this.shown;
      setText(this.note, this.refusal || HINT);
      this.note.classList.toggle("refused", Boolean(this.refusal));
      setText(this.sentence, error ?? layersSentence(state, this.shown));
      this.sentence.classList.toggle("refused", Boolean(error));
      this.table.hidden = Boolean(error);
      for (const { input } of this.sliders) input.disabled = Boolean(error);
      if (error) return;
      this.drawSliders();
      this.drawTable();
    }

    drawCards() {
      const { layers } = this.state;
      if (this.cards.length !== layers.length + 1) {
        this.cards = Array.from({ length: layers.length + 1 }, (_, number) => this.card(number));
        this.stack.replaceChildren(...this.cards.map(({ picture }) => picture));
        this.layers.replaceChildren(this.heads, ...this.cards.map(({ settings }) => settings));
      }
      const { lengths, seen, place, error } = this.shown;
      this.cards.forEach(({ settings, title, name, squares, fields, remove }, number) => {
        const kind = number ? WORDS[layers[number - 1].kind] : "image";
        const text = number ? `${number} ${kind}` : kind;
        setText(title, text);
        setText(name, text);
        settings.setAttribute("aria-label", text);
        const names = number ? SETTINGS : ["length"];
        fields.forEach((field, at) => field.show(String(this.setting(number, names[at]))));
        remove.setAttribute("aria-disabled", String(layers.length === 1));
        squares.element.style.visibility = error ? "hidden" : "";
        if (error) return;
        const here = place[0] === number ? place.slice(1) : null;
        squares.show(lengths[number], seen[number], number < place[0], here);
      });
    }

    drawSliders() {
      const { lengths, place } = this.shown;
      const last = lengths[place[0]] - 1;
      [lengths.length - 1, last, last].forEach((most, axis) => {
        const { input, output } = this.sliders[axis];
        input.max = most;
        input.value = place[axis];
        output.value = place[axis];
      });
    }

    drawTable() {
      const { lengths, fields } = this.shown;
      const rows = lengths.map((count, number) => {
        if (!number) return ["image", String(count), "1", "1"];
        const { kind, size, stride, padding, dilation } = this.state.layers[number - 1];
        const [[spans, step], [more, longer]] = [fields[number - 1], fields[number]];
        const around = padding ? ` + 2·${padding}` : "";
        const further = [size - 1, ...(dilation > 1 ? [dilation] : []), step].join("·");
        return [
          `${number} ${WORDS[kind]}`,
          `(${lengths[number - 1]}${around} − ${(size - 1) * dilation + 1}) // ${stride} + 1 = ${count}`,
          `${spans} + ${further} = ${more}`,
          `${step}·${stride} = ${longer}`,
        ];
      });
      this.rows.replaceChildren(
        ...rows.map(([head, ...texts]) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, head),
            ...texts.map((text) => make("td", {}, text)),
          ),
        ),
      );
    }
  }

  globalThis.convlib.benches.layers = {
    make: (element, options) => new LayersBench(element, options),
    problem: (text) => stacked(decodeLayers(text)).error,
  };
})();
