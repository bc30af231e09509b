// The bench of layers: a stack of up to five, and what the cell under the pointer sees of each.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    BenchState,
    Squares,
    make,
    setText,
    button,
    stepper,
    benchHistory,
    benchCopies,
    benchCounter,
    benchNote,
    benchSentence,
    showBench,
    MOST_OF_LAYERS: MOST,
    roomFor,
    stacked,
    layersSentence,
    layersLines,
    encodeLayers,
    decodeLayers,
    plainNumber,
  } = globalThis.convlib;

  const HINT = "Point at a cell, or tap it. The stronger the blue, the more ways lead there.";
  const WORDS = { conv: "convolution", pool: "pool" };
  const SETTINGS = ["size", "stride", "padding", "dilation"];
  const NEW = {
    conv: { kind: "conv", size: 3, stride: 1, padding: 0, dilation: 1 },
    pool: { kind: "pool", size: 2, stride: 2, padding: 0, dilation: 1 },
  };
  const AXES = ["layer", "row", "column"];

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
      this.sliders = AXES.map((name, axis) =>
        benchCounter(name, { min: "0" }, (value) => this.slide(axis, value)),
      );
      this.sentence = benchSentence();
      this.note = benchNote(this);
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
      showBench(
        this,
        "Bench of layers",
        this.stack,
        this.note.element,
        make("div", { class: "bench-sliders" }, ...this.sliders.map(({ element }) => element)),
        this.sentence.element,
        this.bar,
        this.layers,
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
        choose: (row, column) => this.choose([number, row, column]),
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

    // Nothing is shown of layers that do not fit, so there are none.
    edit(changes, merge) {
      const { error } = stacked({ ...this.state, ...changes });
      if (error) this.refuse(error);
      else super.edit(changes, merge);
    }

    // A new layer is as large as the cells that are left for it allow.
    add(kind) {
      const room = this.shown.lengths.at(-1);
      if (this.state.layers.length === MOST.layers)
        return this.refuse(`The bench has room for ${MOST.layers} layers`);
      if (room === 1)
        return this.refuse(
          "The last layer is a single cell, too small for another one: make the image longer first",
        );
      const layer = { ...NEW[kind], size: Math.min(NEW[kind].size, room) };
      return this.edit({ layers: [...this.state.layers, layer], place: null });
    }

    remove(number) {
      if (this.state.layers.length === 1) return this.refuse("The bench needs at least one layer");
      return this.edit({ layers: this.state.layers.toSpliced(number - 1, 1), place: null });
    }

    point(place) {
      if (String(place) === String(this.pointed)) return;
      this.pointed = place;
      this.draw();
    }

    choose(place) {
      this.pointed = null;
      if (String(place) !== String(this.state.place)) this.move(place);
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
      this.note.show(HINT);
      this.sentence.show(layersSentence(state, this.shown));
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
      const { lengths, seen, place } = this.shown;
      this.cards.forEach(({ settings, title, name, squares, fields, remove }, number) => {
        const kind = number ? WORDS[layers[number - 1].kind] : "image";
        const text = number ? `${number} ${kind}` : kind;
        setText(title, text);
        setText(name, text);
        settings.setAttribute("aria-label", text);
        const names = number ? SETTINGS : ["length"];
        fields.forEach((field, at) => field.show(String(this.setting(number, names[at]))));
        remove.setAttribute("aria-disabled", String(layers.length === 1));
        const here = place[0] === number ? place.slice(1) : null;
        const [rows, columns] = seen[number];
        const most = Math.max(...rows) * Math.max(...columns);
        const isBelow = number < place[0];
        squares.show(lengths[number], {
          share: (i, j) => (rows[i] * columns[j]) / (isBelow ? most : 1),
          kind: isBelow ? "seen" : "reached",
          here,
        });
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
