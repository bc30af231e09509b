// A network that a reader looks into: a pad or an image, every layer as maps, the sum behind a cell,
// a slider over the training, and changes.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { convlib } = globalThis;
  const { make, setText, benchCopies, coloursOf, NetworkState } = convlib;
  const { about, belonging, lightsOf, sumOf, networkPython } = convlib;
  const { NetworkTop, Maps, Arithmetic, Training, Story, ChangePanel, Recount } = convlib;
  const NARROW = 610; // pixels up to which a sum stands under its layer, as in the style sheet
  const SAY_WAIT = 700; // milliseconds after the last change until it is read aloud

  // Calls functions one after the other, each in a task of its own: a page that loads stays quick to
  // answer.
  function inTasks(functions) {
    return functions.reduce(
      (done, next) => done.then(() => new Promise((resolve) => setTimeout(resolve))).then(next),
      Promise.resolve(),
    );
  }

  class NetworkView extends NetworkState {
    // `book` is what readNetwork returns. `image` is laid on the pad, or shown as it is where
    // nothing can be drawn. `glossary` is the address of a page that explains layers. Calls
    // on.change(picture) with what the network gets.
    constructor(element, book, { image = null, isBook = true, glossary = null, on = {} } = {}) {
      super(book);
      Object.assign(this, { element, isBook, glossary, on });
      this.fixed = image;
      this.pointed = null;
      this.step = null; // the stop that a story has come to
      this.ready = this.start(image);
    }

    async start(image) {
      await inTasks([
        () => this.build(),
        () => this.top.start(image, this.book),
        () => this.computeAll(),
      ]);
      await inTasks([...this.drawing(), () => this.mount()]);
    }

    // ---------------------------------------------------------------- elements

    build() {
      const { book } = this;
      this.live = make("p", { class: "only-read", "aria-live": "polite" });
      this.top = new NetworkTop(book, this.hasAnswer ? this.stops.at(-1).shape[0] : 0, {
        change: () => this.request(),
        say: (text) => setText(this.live, text),
      });
      this.pad = this.top.pad;
      if (book.curve) this.training = new Training(book, (number) => this.setStage(number));
      this.story = new Story((step) => this.setStep(step));
      this.maps = this.stops.map((stop, number) => this.buildMaps(stop, number));
      const layers = make("div", { class: "network-layers" }, ...this.maps.map((m) => m.element));
      this.body = make("div", { class: "network-body" }, layers, this.buildSide());
      this.foot = benchCopies(this);
      this.parts = [
        ...this.top.elements,
        ...(this.training ? [this.training.element] : []),
        this.story.element,
        this.body,
        this.foot.element,
        this.live,
      ];
    }

    mount() {
      this.element.classList.add("mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "A network to look into");
      this.element.replaceChildren(...this.parts);
      this.element.network = this;
      this.follow();
    }

    buildMaps(stop, number) {
      const text = about(stop, this.stops, this.allLayers(this.book.stages[0].layers));
      return new Maps(stop, text, this.glossary, {
        point: (cell) => this.point({ stop: number, cell }),
        leave: () => this.point(null),
        choose: (cell) => this.choose({ stop: number, cell }),
      });
    }

    buildSide() {
      this.sum = new Arithmetic({
        write: (at, value) => this.edit({ what: "weight", ...this.filterOf(), at, value }),
        bias: (value) => this.editBias(value),
        map: (map) => this.chooseTerm(map),
        undo: () => this.undo(),
      });
      const hasPools = this.stops.some(({ kind }) => kind === "max");
      this.panel = new ChangePanel(hasPools, {
        silence: () => this.edit({ what: "silence", ...this.filterOf(this.chosen) }),
        swap: (other) => this.edit({ what: "swap", ...this.filterOf(this.chosen), other }),
        pool: (how) => this.edit({ what: "pool", how }),
        move: (by) => this.move(by),
        undo: () => this.undo(),
        undoAll: () => this.undo(true),
      });
      this.recount = new Recount(this.book, (text) => this.panel.showCount(text));
      this.side = make("div", { class: "network-side" }, this.sum.element, this.panel.element);
      return this.side;
    }

    python() {
      return networkPython(this.picture, this.isBook ? this.stage : null, this.changes.edits);
    }

    // Draws again where the theme or the width changes.
    follow() {
      const themes = new MutationObserver(() => this.update());
      const attributeFilter = ["data-theme", "data-jp-theme-light"];
      for (const where of [document.documentElement, document.body])
        themes.observe(where, { attributeFilter });
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
      this.termMap = undefined;
      if (step !== null) this.chosen = { stop: step, cell: this.strongest(step) };
      this.update();
    }

    // The map whose sum is written out stays, whatever the change makes of the sums.
    edit(edit) {
      this.termMap = this.sum.term?.map;
      if (this.changes.edit(edit)) this.update();
    }

    editBias(value) {
      const { layer, filter } = this.filterOf();
      this.edit({ what: "bias", layer, filter, at: filter, value });
    }

    move(by) {
      this.changes.move(by);
      this.update();
    }

    undo(isAll = false) {
      if (this.changes.undo(isAll)) this.update();
    }

    // The layer and the filter that made a cell.
    filterOf({ stop, cell } = this.shown) {
      return { layer: this.stops[stop].layer, filter: cell[0] };
    }

    // ---------------------------------------------------------------- pointing

    point(pointed) {
      if (String(pointed && [pointed.stop, pointed.cell]) === String(this.pointedAt)) return;
      this.pointedAt = pointed && [pointed.stop, pointed.cell];
      this.pointed = pointed;
      this.drawCell();
    }

    choose(chosen) {
      this.chosen = chosen;
      this.pointed = null;
      this.termMap = undefined;
      const { title, sentence } = this.drawCell();
      this.drawFilter();
      this.placeSide();
      this.say(`${title}. ${sentence}`);
    }

    chooseTerm(map) {
      this.termMap = map;
      this.pointed = null;
      this.drawCell();
    }

    // ---------------------------------------------------------------- drawing

    // However many events come in, everything is drawn once a frame.
    request() {
      if (this.element.network) this.asked ??= requestAnimationFrame(() => this.update());
    }

    update() {
      cancelAnimationFrame(this.asked);
      this.asked = undefined;
      this.computeAll();
      for (const part of this.drawing()) part();
      this.on.change?.(this.picture);
    }

    computeAll() {
      this.compute(this.pad ? this.pad.picture() : this.fixed);
      this.chosen ??= { stop: 1, cell: this.strongest(1) };
    }

    // Returns the functions that draw, part by part.
    drawing() {
      const colours = coloursOf();
      return [
        () => this.top.show(this.picture, colours),
        () => this.hasAnswer && this.drawAnswer(),
        ...this.maps.map((maps, n) => () => {
          const { output, layer } = this.stops[n];
          maps.show(this.outputs[output].data, this.changes.silencing(layer), colours);
        }),
        () => this.drawStory(),
        () => this.drawCell(),
        () => this.drawChanges(),
        () => this.training?.show(this.stage),
        () => this.foot.show(this.python()),
      ];
    }

    drawAnswer() {
      const says = this.top.showAnswer(this.picture, this.outputs.at(-1).data);
      if (this.said !== says) this.say(says);
      this.said = says;
    }

    drawStory() {
      const { step, stops: all } = this;
      const isStory = step !== null;
      this.story.show(step, all.length - 1);
      this.element.classList.toggle("story", isStory);
      for (const [n, { element }] of this.maps.entries())
        element.hidden = isStory && n !== step && n !== all[step].before;
    }

    // Returns what it shows of the cell that is pointed at or chosen.
    drawCell() {
      this.shown = this.pointed ?? this.chosen;
      const parts = belonging(this, this.shown);
      const lights = lightsOf(this, this.shown, parts);
      for (const [n, maps] of this.maps.entries()) maps.light(lights[n]);
      const sum = sumOf(this, this.shown, parts, this.pointed ? undefined : this.termMap);
      this.sum.show(sum);
      return sum;
    }

    // Shows in the panel the filter that made the cell that is chosen.
    drawFilter() {
      const { kind, shape } = this.stops[this.chosen.stop];
      const { layer, filter } = this.filterOf(this.chosen);
      this.panel.showFilter({
        name: { conv: "filter", dense: "score" }[kind],
        number: filter,
        count: shape[0],
        isSilent: this.changes.silencing(layer).get(filter),
      });
    }

    drawChanges() {
      const { pool, past, edits } = this.changes;
      const effect = this.hasAnswer ? this.effect() : "";
      this.panel.show({ pool, hasPast: past.length > 0, effect });
      this.drawFilter();
      if (this.hasAnswer) this.recount.ask(this.stage, edits);
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

  Object.assign(globalThis.convlib, { NetworkView });
})();
