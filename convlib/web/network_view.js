// A network that a reader looks into: a pad or an image, every layer as maps, the sum behind a cell,
// a slider over the training, and changes. Everything shown follows from the picture, the stage and
// the edits.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { convlib } = globalThis;
  const { make, setText, button, toggle, benchCopies, coloursOf, forward, best } = convlib;
  const { edited, moved, stops, seenBy, reachedBy, made } = convlib;
  const { Pad, Answer, Starts, Maps, Arithmetic, Training, ChangePanel } = convlib;
  const { Count, effectText, withEdit, isSame, networkPython, SIDE } = convlib;
  const NARROW = 610; // pixels up to which a sum stands under its layer, as in the style sheet
  const SAY_WAIT = 700; // milliseconds after the last change until it is read aloud
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
      this.request(); // not computed in the task that builds: a page that loads stays quick to answer
      this.element.network = this;
    }

    prepare() {
      const zeros = { shape: this.book.shape, data: new Float32Array(size(this.book.shape)) };
      const [{ layers }] = this.book.stages;
      const outputs = forward(layers, zeros);
      const last = outputs.at(-1);
      this.hasAnswer = last.shape.length === 1;
      this.stops = stops(this.allLayers(layers), [...outputs, last]);
      this.titles = Object.fromEntries(this.stops.map(({ layer, title }) => [layer, title]));
    }

    allLayers(layers) {
      return this.hasAnswer ? [...layers, { kind: "softmax" }] : layers;
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
      const hasPools = this.stops.some(({ kind }) => kind === "max");
      this.changes = new ChangePanel(hasPools, {
        pool: (how) => this.edit({ what: "pool", how }),
        move: (by) => this.move(by),
        undo: () => this.undo(),
        undoAll: () => this.undo(true),
      });
      this.side = make("div", { class: "network-side" }, this.sum.element, this.changes.element);
      this.layers = make("div", { class: "network-layers" }, ...this.maps.map((m) => m.element));
      this.body = make("div", { class: "network-body" }, this.layers, this.side);
      this.foot = benchCopies(this);
      const parts = [this.buildTop(), this.buildStarts(), this.buildTraining(), this.buildStory()];
      this.element.classList.add("mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "A network to look into");
      this.element.replaceChildren(
        ...parts.filter(Boolean),
        this.body,
        this.foot.element,
        this.live,
      );
      this.follow();
    }

    buildTop() {
      const more = this.canDraw ? [this.buildPad()] : [];
      this.answer = new Answer(this.hasAnswer ? this.stops.at(-1).shape[0] : 0, more);
      const pad =
        this.pad &&
        make(
          "div",
          { class: "pad-column" },
          make("div", { class: "head" }, "Draw a digit"),
          this.pad.surface,
          this.pad.tools,
        );
      const parts = [pad, this.answer.gets, this.hasAnswer && this.answer.reads];
      return make("div", { class: "network-top" }, ...parts.filter(Boolean));
    }

    // Returns the box that says whether drawings are normalised.
    buildPad() {
      this.pad = new Pad({
        change: () => this.request(),
        say: (text) => setText(this.live, text),
      });
      const box = make("input", {
        type: "checkbox",
        checked: "",
        onchange: () => {
          this.pad.isNormal = box.checked;
          this.request();
        },
      });
      return make("label", { class: "flag" }, box, "cropped, scaled, centred");
    }

    buildStarts() {
      const { samples, wrong, images, labels, reads } = this.book;
      if (!samples || !this.pad) return null;
      const digit = (n) => {
        const wrongly = reads[n] === labels[n] ? "" : `, read as ${reads[n]}`;
        return { picture: images[n], says: `a real ${labels[n]}${wrongly}` };
      };
      const groups = [
        { title: "Or take a real one:", digits: samples.map(digit) },
        { title: "These it gets wrong:", digits: wrong.map(digit) },
      ];
      this.starts = new Starts(groups, (picture) => this.pad.lay(picture));
      return this.starts.element;
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
      this.compute();
      this.draw();
      this.on.change?.(this.picture);
    }

    compute() {
      const drawn = this.pad ? this.pad.picture() : this.fixed;
      this.picture = moved(drawn, this.shift);
      const { layers } = this.book.stages[this.stage];
      this.now = this.allLayers(edited(layers, this.edits));
      this.outputs = forward(this.now, this.picture);
      this.before = this.isChanged ? forward(this.allLayers(layers), drawn) : this.outputs;
      this.chosen ??= { stop: 1, cell: this.strongest(1) };
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
      this.foot.show(this.python());
    }

    silentOf({ layer }) {
      const found = this.edits.filter((edit) => edit.what === "silence" && edit.layer === layer);
      return found.map(({ filter }) => filter);
    }

    drawTop(colours) {
      this.answer.showPicture(this.picture, colours);
      this.starts?.show(colours);
      if (!this.hasAnswer) return;
      const isBlank = this.picture.data.every((value) => value === 0);
      const says = this.answer.show(this.outputs.at(-1).data, isBlank);
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
      const follow = isInput ? reachedBy : seenBy;
      const lit = follow(this.now, this.outputs, this.stops, this.shown);
      const { before } = this.stops[stop];
      for (const [n, maps] of this.maps.entries()) {
        const isHere = n === stop;
        const isPart = isInput ? n > 0 : n === before || n === 0;
        maps.light({
          axes: isPart && !isHere ? lit[n] : undefined,
          cell: isHere ? cell : null,
          kind: isInput ? "reach" : n === before ? "patch" : "field",
        });
      }
      this.drawSum(lit);
    }

    drawSum(lit) {
      const { stop, cell } = this.shown;
      const here = this.stops[stop];
      const title = convlib.cellName(here, cell);
      if (stop === 0) {
        const [map, i, j] = cell;
        const [, height, width] = here.shape;
        const value = this.picture.data[(map * height + i) * width + j];
        const sentence = `The pixel is ${convlib.numberText(value)}. ${convlib.reachText(lit, this.stops)}`;
        this.shownText = { title, sentence };
        this.sum.show({ title, sentence, total: [] });
        return;
      }
      const parts = made(this.now, this.outputs, this.stops, this.shown);
      const field = here.kind === "softmax" ? "" : convlib.fieldText(lit[0], this.stops[0]);
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
      const pool = this.edits.findLast(({ what }) => what === "pool")?.how ?? "max";
      const hasPast = this.past.length > 0;
      this.changes.show({ pool, hasPast, effect: this.hasAnswer ? this.effect() : "" });
      if (this.hasAnswer) this.recount();
    }

    effect() {
      const [now, before] = [this.outputs, this.before].map((outputs) => {
        const shares = outputs.at(-1).data;
        return { digit: best(shares), share: Math.max(...shares) };
      });
      return effectText(this.edits, this.shift, this.titles, now, before);
    }

    recount() {
      const { tested, images, labels } = this.book;
      const asked = tested && this.edits.length ? JSON.stringify([this.stage, this.edits]) : "";
      if (asked === this.countAsked) return;
      this.countAsked = asked;
      this.count.stop();
      this.changes.showCount(asked ? `Counting ${tested} test digits …` : "");
      if (!asked) return;
      const few = [images.slice(0, tested), labels.slice(0, tested)];
      const { layers } = this.book.stages[this.stage];
      const then = (right) => {
        this.rights ??= {};
        const tell = (whole) => {
          this.rights[this.stage] = whole;
          this.changes.showCount(
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

  Object.assign(globalThis.convlib, { NetworkView });
})();
