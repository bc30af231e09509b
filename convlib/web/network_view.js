// A network that a reader looks into: a pad or an image, every layer as maps, the sum behind a cell,
// a slider over the training, and changes. Everything shown follows from the picture, the stage and
// the edits.
"use strict";
globalThis.convlib ??= {};
(() => {
  const convlib = globalThis.convlib;
  const { make, setText, button, toggle, coloursOf, paint, forward, best, edited, moved } = convlib;
  const { stops, isFlat, seenBoxes, reachedBoxes, made, Pad, Maps, Arithmetic, Training } = convlib;
  const { Count, effectText, percent, withEdit, isSame, networkPython, answerText, SIDE } = convlib;
  const NARROW = 610; // pixels up to which a sum stands under its layer, as in the style sheet
  const SAY_WAIT = 700; // milliseconds after the last change until it is read aloud
  const SHIFTS = [
    ["←", "to the left", [0, -1]],
    ["↑", "up", [-1, 0]],
    ["↓", "down", [1, 0]],
    ["→", "to the right", [0, 1]],
  ];
  const HINT = "Change a weight, silence a filter, move the drawing: here stands what it did.";
  const LEGEND = [
    ["here", "the cell"],
    ["patch", "what it is made of"],
    ["field", "all it can see"],
    ["reach", "all a pixel reaches"],
  ];

  class NetworkView {
    // `book` is what readNetwork returns. `image` is laid on the pad, or shown as it is where
    // nothing can be drawn. Calls on.change(picture) with what the network gets.
    constructor(element, book, { image = null, isBook = true, on = {} } = {}) {
      Object.assign(this, { element, book, isBook, on, edits: [], shift: [0, 0], past: [] });
      this.stage = book.stages.length - 1;
      this.canDraw = String(book.shape) === String([1, SIDE, SIDE]);
      this.fixed = image;
      this.pointed = null;
      this.step = null; // the stop that a story has come to
      this.count = new Count();
      this.prepare();
      this.build();
      if (this.canDraw) {
        this.pad.base = image ?? book.images[book.samples?.[7]] ?? null;
        this.pad.restore({ base: this.pad.base, strokes: [] });
      }
      this.update();
      this.chosen = { stop: 1, cell: this.strongest(1) };
      this.update();
      this.element.network = this;
    }

    prepare() {
      const zeros = { shape: this.book.shape, data: new Float32Array(size(this.book.shape)) };
      const [{ layers }] = this.book.stages;
      this.hasAnswer = forward(layers, zeros).at(-1).shape.length === 1;
      this.stops = stops(this.allLayers(layers), forward(this.allLayers(layers), zeros));
      this.titles = Object.fromEntries(this.stops.map(({ layer, title }) => [layer, title]));
      this.chosen = { stop: 1, cell: this.stops[1].shape.map(() => 0) };
    }

    allLayers(layers) {
      return this.hasAnswer === false ? layers : [...layers, { kind: "softmax" }];
    }

    // ---------------------------------------------------------------- elements

    build() {
      this.live = make("p", { class: "only-read", "aria-live": "polite" });
      this.maps = this.stops.map((stop, n) => {
        const about = convlib.about(stop, this.stops, this.allLayers(this.book.stages[0].layers));
        return new Maps(
          stop,
          about,
          {
            point: (cell) => this.point({ stop: n, cell }),
            leave: () => this.point(null),
            choose: (cell) => this.choose({ stop: n, cell }),
          },
        );
      });
      this.sum = new Arithmetic({
        write: (at, value) => this.editWeight(at, value),
        bias: (value) => this.edit({ what: "bias", ...this.filterOf(), at: this.shownCell()[0], value }),
        map: (map) => this.chooseTerm(map),
        silence: () => this.edit({ what: "silence", ...this.filterOf() }),
        swap: (other) => this.edit({ what: "swap", ...this.filterOf(), other }),
        undo: () => this.undo(),
      });
      this.side = make("div", { class: "network-side" }, this.sum.element, this.buildChanges());
      this.layers = make("div", { class: "network-layers" }, ...this.maps.map((m) => m.element));
      this.body = make("div", { class: "network-body" }, this.layers, this.side);
      const parts = [this.buildTop(), this.buildStarts(), this.buildTraining(), this.buildStory()];
      this.element.classList.add("mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "A network to look into");
      this.element.replaceChildren(
        ...parts.filter(Boolean),
        this.body,
        this.buildFoot(),
        this.live,
      );
      this.follow();
    }

    buildTop() {
      if (this.canDraw)
        this.pad = new Pad({ change: () => this.request(), say: (text) => setText(this.live, text) });
      this.gets = make("canvas", { class: "gets-picture", role: "img" });
      this.getsText = make("span", { class: "gets-text" });
      this.normal = make("input", {
        type: "checkbox",
        checked: "",
        onchange: () => {
          this.pad.isNormal = this.normal.checked;
          this.request();
        },
      });
      this.answer = make("b", { class: "reads-digit" });
      this.sentence = make("p", { class: "reads-sentence" });
      this.shares = make("ul", { class: "reads-shares" });
      this.rows = Array.from({ length: this.hasAnswer ? this.stops.at(-1).shape[0] : 0 }, (_, n) => {
        const bar = make("span", { class: "share-bar" });
        const number = make("span", { class: "share-number" });
        const row = make("li", { class: "share" }, make("b", {}, String(n)), bar, number);
        this.shares.append(row);
        return { row, bar, number };
      });
      const gets = make(
        "div",
        { class: "gets" },
        make("div", { class: "head" }, "What it gets"),
        this.gets,
        this.getsText,
        ...(this.pad
          ? [make("label", { class: "flag" }, this.normal, "cropped, scaled, centred")]
          : []),
      );
      const reads = make(
        "div",
        { class: "reads" },
        make("div", { class: "head" }, "What it reads"),
        this.answer,
        this.shares,
        this.sentence,
      );
      const pad =
        this.pad &&
        make(
          "div",
          { class: "pad-column" },
          make("div", { class: "head" }, "Draw a digit"),
          this.pad.surface,
          this.pad.tools,
        );
      const parts = [pad, gets, this.hasAnswer && reads].filter(Boolean);
      return make("div", { class: "network-top" }, ...parts);
    }

    buildStarts() {
      const { samples, wrong, images, labels } = this.book;
      if (!samples || !this.pad) return null;
      const { layers } = this.book.stages.at(-1);
      const start = (n) => {
        const read = best(forward(layers, images[n]).at(-1).data);
        const says =
          read === labels[n] ? `a real ${labels[n]}` : `a real ${labels[n]}, read as ${read}`;
        const canvas = make("canvas", { "aria-hidden": "true" });
        return Object.assign(
          make(
            "button",
            { type: "button", title: says, "aria-label": says, onclick: () => this.start(n) },
            canvas,
          ),
          { picture: images[n], canvas },
        );
      };
      const group = (title, numbers) =>
        make(
          "div",
          { class: "starts-group", role: "group", "aria-label": title },
          make("span", {}, title),
          ...numbers.map(start),
        );
      this.starts = make(
        "div",
        { class: "starts" },
        group("Or take a real one:", samples),
        group("These it gets wrong:", wrong),
      );
      return this.starts;
    }

    buildTraining() {
      if (!this.book.curve) return null;
      this.training = new Training(this.book, (number) => this.setStage(number));
      return this.training.element;
    }

    buildStory() {
      this.story = toggle(
        "how the layers are shown",
        [
          [false, "All layers"],
          [true, "One after the other"],
        ],
        (isStory) => this.setStep(isStory ? 1 : null),
      );
      this.back = button("Back", "the layer before", () => this.setStep(this.step - 1));
      this.next = button("Next", "the next layer", () => this.setStep(this.step + 1));
      this.steps = make("span", { class: "buttons" }, this.back, this.next);
      const legend = LEGEND.map(([kind, text]) =>
        make("span", { class: "legend-part" }, make("i", { class: `key ${kind}` }), text),
      );
      return make(
        "div",
        { class: "network-story" },
        this.story.element,
        this.steps,
        make("span", { class: "legend" }, ...legend),
      );
    }

    buildChanges() {
      this.pools = toggle(
        "pooling",
        [
          ["max", "largest"],
          ["mean", "mean"],
          ["off", "off"],
        ],
        (how) => this.edit({ what: "pool", how }),
      );
      this.shifts = SHIFTS.map(([sign, words, by]) =>
        button(sign, `move the drawing ${words}`, () => this.move(by)),
      );
      this.undoButton = button("Undo", "Undo the last change", () => this.undo());
      this.undoAll = button("Undo all", "Undo all changes", () => this.undo(true));
      this.effect = make("p", { class: "effect", "aria-live": "polite" });
      this.counted = make("p", { class: "effect-count", role: "status" });
      const row = (title, ...parts) =>
        make("div", { class: "change-row" }, make("span", {}, title), ...parts);
      const hasPools = this.stops.some(({ kind }) => kind === "max");
      return make(
        "div",
        { class: "changes" },
        ...(hasPools ? [row("Pooling", this.pools.element)] : []),
        row("Move", make("span", { class: "buttons" }, ...this.shifts)),
        make("span", { class: "buttons" }, this.undoButton, this.undoAll),
        this.effect,
        this.counted,
      );
    }

    buildFoot() {
      this.code = make("pre", {
        class: "bench-code",
        tabindex: "0",
        role: "region",
        "aria-label": "Python",
        hidden: "",
      });
      this.copied = make("span", { role: "status" });
      return make(
        "div",
        { class: "bench-foot" },
        make(
          "span",
          { class: "buttons" },
          button("Copy as Python", "Copy as Python", () => this.copy()),
          this.copied,
        ),
        this.code,
      );
    }

    async copy() {
      this.code.hidden = false;
      setText(this.code, this.python());
      try {
        await navigator.clipboard.writeText(this.code.textContent);
        setText(this.copied, "Copied");
      } catch {
        setText(this.copied, "Your browser does not let a page copy; select the lines below");
      }
    }

    python() {
      return networkPython(this.picture, this.isBook ? this.stage : null, this.edits);
    }

    // Draws again where the theme or the width changes.
    follow() {
      const themes = new MutationObserver(() => this.update());
      for (const [where, name] of [
        [document.documentElement, "data-theme"],
        [document.body, "data-jp-theme-light"],
      ])
        themes.observe(where, { attributes: true, attributeFilter: [name] });
      new ResizeObserver(() => this.placeSide()).observe(this.element);
    }

    // ---------------------------------------------------------------- changes

    start(number) {
      this.pad.lay(this.book.images[number]);
    }

    // Takes over a picture from outside, such as from Python.
    load(picture) {
      this.fixed = picture;
      if (this.pad) this.pad.lay(picture);
      else this.update();
    }

    setStage(number) {
      this.stage = number;
      this.request();
    }

    setStep(step) {
      this.step = step;
      if (step !== null) this.chosen = { stop: step, cell: this.strongest(step) };
      this.update();
    }

    edit(edit) {
      const edits = withEdit(this.edits, edit);
      if (isSame(edits, this.edits)) return;
      const isAgain = edit.at !== undefined && edits.length === this.edits.length;
      if (!isAgain) this.remember();
      this.edits = edits;
      this.update();
    }

    move(by) {
      this.remember();
      this.shift = this.shift.map((at, a) => Math.min(Math.max(at + by[a], -SIDE), SIDE));
      this.update();
    }

    remember() {
      this.past.push({ edits: this.edits, shift: this.shift });
    }

    undo(isAll = false) {
      if (!this.past.length) return;
      if (isAll) this.past = this.past.slice(0, 1);
      Object.assign(this, this.past.pop());
      this.update();
    }

    filterOf() {
      return { layer: this.stops[this.shown.stop].layer, filter: this.shownCell()[0] };
    }

    editWeight(at, value) {
      this.edit({ what: "weight", ...this.filterOf(), at, value });
    }

    shownCell() {
      return this.shown.cell;
    }

    // ---------------------------------------------------------------- pointing

    point(pointed) {
      if (String(pointed && [pointed.stop, pointed.cell]) === String(this.pointedAt)) return;
      this.pointedAt = pointed && [pointed.stop, pointed.cell];
      this.pointed = pointed;
      this.drawLights();
    }

    choose(chosen) {
      this.chosen = chosen;
      this.pointed = null;
      this.termMap = undefined;
      this.drawLights();
      this.placeSide();
      this.say(`${this.shownText.title}. ${this.shownText.sentence}`);
    }

    chooseTerm(map) {
      this.termMap = map;
      this.pointed = null;
      this.drawLights();
    }

    strongest(stop) {
      const { shape, output } = this.stops[stop];
      const at = best(this.outputs[output].data);
      if (shape.length === 1) return [at];
      const [, height, width] = shape;
      return [Math.floor(at / height / width), Math.floor(at / width) % height, at % width];
    }

    // ---------------------------------------------------------------- drawing

    // However many events come in, everything is drawn once a frame.
    request() {
      this.asked ??= requestAnimationFrame(() => this.update());
    }

    update() {
      cancelAnimationFrame(this.asked);
      this.asked = undefined;
      const drawn = this.pad ? this.pad.picture() : this.fixed;
      this.picture = moved(drawn, this.shift);
      const { layers } = this.book.stages[this.stage];
      this.now = this.allLayers(edited(layers, this.edits));
      this.outputs = forward(this.now, this.picture);
      this.before = this.isChanged ? forward(this.allLayers(layers), drawn) : this.outputs;
      this.draw();
      this.on.change?.(this.picture);
    }

    get isChanged() {
      return this.edits.length > 0 || this.shift.some(Boolean);
    }

    draw() {
      const colours = coloursOf(this.element);
      this.pad?.show(colours);
      this.drawTop(colours);
      for (const [n, maps] of this.maps.entries())
        maps.show(this.outputs[this.stops[n].output].data, this.silentOf(this.stops[n]), colours);
      this.drawStory();
      this.drawLights();
      this.drawChanges();
      this.training?.show(this.stage);
      if (!this.code.hidden) setText(this.code, this.python());
    }

    silentOf({ layer }) {
      const found = this.edits.filter((edit) => edit.what === "silence" && edit.layer === layer);
      return found.map(({ filter }) => filter);
    }

    drawTop(colours) {
      const { shape, data } = this.picture;
      paint(this.gets, shape.slice(-2), data, 0, 1, colours);
      this.gets.setAttribute("aria-label", `The picture that the network gets, ${shape.join("×")}`);
      setText(this.getsText, shape.slice(-2).join("×"));
      for (const { canvas, picture } of this.starts?.querySelectorAll("button") ?? [])
        if (canvas.dataset.ink !== String(colours.above)) {
          paint(canvas, [SIDE, SIDE], picture.data, 0, 1, colours);
          canvas.dataset.ink = String(colours.above);
        }
      if (!this.hasAnswer) return;
      const shares = this.outputs.at(-1).data;
      const digit = best(shares);
      const isBlank = data.every((value) => value === 0);
      setText(this.answer, isBlank ? "?" : String(digit));
      this.answer.classList.toggle("unsure", shares[digit] < 0.6);
      const says = isBlank
        ? "Nothing is drawn yet. The bars show what the network makes of an empty picture."
        : answerText([...shares]);
      setText(this.sentence, says);
      for (const [n, { row, bar, number }] of this.rows.entries()) {
        row.classList.toggle("best", n === digit);
        bar.style.setProperty("--share", shares[n]);
        setText(number, percent(shares[n]));
      }
      if (this.said !== says) this.say(says);
      this.said = says;
    }

    drawStory() {
      const isStory = this.step !== null;
      this.story.show(isStory);
      this.steps.hidden = !isStory;
      this.element.classList.toggle("story", isStory);
      for (const [n, { element }] of this.maps.entries())
        element.hidden = isStory && n !== this.step && n !== this.stops[this.step].before;
      if (!isStory) return;
      this.back.disabled = this.step === 1;
      this.next.disabled = this.step === this.stops.length - 1;
    }

    drawLights() {
      this.shown = this.pointed ?? this.chosen;
      const { stop, cell } = this.shown;
      const isInput = stop === 0;
      const boxes = isInput
        ? reachedBoxes(this.now, this.outputs, this.stops, this.shown)
        : seenBoxes(this.now, this.outputs, this.stops, this.shown);
      const { before, kind } = this.stops[stop];
      const sees = kind === "conv" || isFlat(this.stops[stop]);
      for (const [n, maps] of this.maps.entries()) {
        const isHere = n === stop;
        const isPart = isInput ? n > 0 : n === before || n === 0;
        const one = isInput || sees || n === 0 ? null : [cell[0]];
        maps.light({
          box: isPart && !isHere ? wholeBox(boxes[n], this.stops[n]) : undefined,
          maps: one,
          cell: isHere ? cell : null,
          kind: isInput ? "reach" : n === before ? "patch" : "field",
        });
      }
      this.drawSum(boxes);
    }

    drawSum(boxes) {
      const { stop, cell } = this.shown;
      const here = this.stops[stop];
      const title = convlib.cellName(here, cell);
      if (stop === 0) {
        const [map, i, j] = cell;
        const [, height, width] = here.shape;
        const value = this.picture.data[(map * height + i) * width + j];
        const sentence = `The pixel is ${convlib.numberText(value)}. ${convlib.reachText(boxes, this.stops)}`;
        this.shownText = { title, sentence };
        this.sum.show({ title, sentence, total: [] });
        return;
      }
      const parts = made(this.now, this.outputs, this.stops, this.shown);
      const field = here.kind === "softmax" ? "" : convlib.fieldText(boxes[0], this.stops[0]);
      const sentence = `${convlib.madeText(here, parts, cell)} ${field}`;
      this.shownText = { title, sentence };
      const strongest = (parts.terms ?? []).toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum))[0];
      this.sum.show({
        ...parts,
        title,
        sentence,
        map: this.pointed ? strongest?.map : (this.termMap ?? strongest?.map),
        filters: here.shape[0],
        filter: cell[0],
        total: [convlib.totalText(parts)],
      });
    }

    drawChanges() {
      const pool = this.edits.findLast(({ what }) => what === "pool");
      this.pools.show(pool?.how ?? "max");
      for (const each of [this.undoButton, this.undoAll])
        each.setAttribute("aria-disabled", String(!this.past.length));
      if (!this.hasAnswer) return;
      const [now, before] = [this.outputs, this.before].map((outputs) => {
        const shares = outputs.at(-1).data;
        return { digit: best(shares), share: Math.max(...shares) };
      });
      setText(this.effect, effectText(this.edits, this.shift, this.titles, now, before) || HINT);
      this.recount();
    }

    recount() {
      const { tested, images, labels } = this.book;
      const asked = tested && this.edits.length ? JSON.stringify([this.stage, this.edits]) : "";
      if (asked === this.countAsked) return;
      this.countAsked = asked;
      this.count.stop();
      setText(this.counted, asked ? `Counting ${tested} test digits …` : "");
      if (!asked) return;
      const few = [images.slice(0, tested), labels.slice(0, tested)];
      const { layers } = this.book.stages[this.stage];
      const then = (right) => {
        this.rights ??= {};
        const tell = (whole) => {
          this.rights[this.stage] = whole;
          setText(
            this.counted,
            `Of ${tested} test digits it now reads ${right} rightly; unchanged ${whole}.`,
          );
        };
        if (this.rights[this.stage] === undefined) this.count.start(layers, ...few, tell);
        else tell(this.rights[this.stage]);
      };
      this.count.start(edited(layers, this.edits), ...few, then);
    }

    placeSide() {
      const isNarrow = this.element.clientWidth < NARROW;
      const home = isNarrow ? this.maps[this.chosen.stop].element : this.body;
      if (this.side.parentElement !== home) home.append(this.side);
    }

    say(text) {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => setText(this.live, text), SAY_WAIT);
    }
  }

  function size(shape) {
    return shape.reduce((a, b) => a * b, 1);
  }

  // A flat stop has no box of rows and columns: undefined stays for what is not lit.
  function wholeBox(box, stop) {
    return box === null && !isFlat(stop) ? stop.shape.slice(1).map((n) => [0, n - 1]) : box;
  }

  Object.assign(globalThis.convlib, { NetworkView });
})();
