// A pad to draw on, by mouse, finger, pen and keys. Knows no network: whoever listens is told the
// picture that a network gets.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    make,
    setText,
    button,
    toggle,
    SIDE,
    FINE,
    draw,
    inked,
    normalise,
    asDrawn,
    paint,
  } = globalThis.convlib;
  const PAD = SIDE * FINE;
  const WIDTHS = { min: 1.2, max: 4, step: 0.2, value: 2.4 }; // of the pen, in cells
  const PEN_ERASER = 32; // the bit of a pen's other end in `buttons`
  const HELP =
    "Arrow keys move the pen, with Shift by four cells. Space sets it down and lifts it. " +
    "Control and Z undo.";
  const MOVES = {
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
  };

  class Pad {
    // Calls on.change() when what is drawn has changed, and on.say(text) for who can't see the pen.
    constructor(on) {
      this.on = on;
      Object.assign(this, { base: null, strokes: [], past: [], erases: false, isNormal: true });
      this.pen = [SIDE / 2, SIDE / 2];
      this.stroke = null; // the one that is being drawn
      this.ink = inked(null, []);
      this.build();
    }

    build() {
      this.canvas = make("canvas", {
        class: "pad-ink",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "drawing pad",
        "aria-label": `Drawing pad. ${HELP}`,
      });
      this.tip = make("div", { class: "pad-tip", "aria-hidden": "true" });
      this.surface = make("div", { class: "pad" }, this.canvas, this.tip);
      this.tool = toggle(
        "tool",
        [
          [false, "Draw"],
          [true, "Erase"],
        ],
        (erases) => this.setTool(erases),
      );
      this.tool.show(false);
      this.undoButton = button("Undo", "Undo the last stroke", () => this.undo());
      this.clearButton = button("Clear", "Clear the pad", () => this.clear());
      this.width = make("input", { type: "range", ...WIDTHS, "aria-label": "width of the pen" });
      this.tools = make(
        "div",
        { class: "pad-tools" },
        this.tool.element,
        make("span", { class: "buttons" }, this.undoButton, this.clearButton),
        make("label", { class: "pad-width" }, "thin", this.width, "thick"),
      );
      this.listen();
      this.showTip();
    }

    listen() {
      const { canvas } = this;
      canvas.addEventListener("pointerdown", (event) => this.onDown(event));
      canvas.addEventListener("pointermove", (event) => this.onMove(event));
      for (const end of ["pointerup", "pointercancel"])
        canvas.addEventListener(end, (event) => this.onUp(event));
      canvas.addEventListener("keydown", (event) => this.onKey(event));
      canvas.addEventListener("blur", () => this.lift());
    }

    // ---------------------------------------------------------------- pointer

    at({ clientX, clientY }) {
      const box = this.canvas.getBoundingClientRect();
      return [
        ((clientX - box.left) / box.width) * SIDE,
        ((clientY - box.top) / box.height) * SIDE,
      ];
    }

    onDown(event) {
      if (!event.isPrimary || !(event.button === 0 || event.buttons & PEN_ERASER)) return;
      event.preventDefault();
      this.canvas.focus({ preventScroll: true });
      this.canvas.setPointerCapture(event.pointerId);
      this.pointer = event.pointerId;
      this.begin(this.at(event), this.erases || Boolean(event.buttons & PEN_ERASER));
    }

    onMove(event) {
      if (event.pointerId !== this.pointer || !this.stroke) return;
      const events = event.getCoalescedEvents?.() ?? [];
      this.go(...(events.length ? events : [event]).map((each) => this.at(each)));
    }

    onUp(event) {
      if (event.pointerId !== this.pointer) return;
      this.pointer = undefined;
      this.stroke = null;
    }

    // ---------------------------------------------------------------- strokes

    // The first stroke takes the place of a picture that was given; the eraser works on it.
    begin(point, erases) {
      if (this.isGiven && !erases) this.lay(null);
      else this.remember();
      this.stroke = { points: [point], width: Number(this.width.value), erases };
      this.strokes = [...this.strokes, this.stroke];
      draw(this.ink, this.stroke);
      this.changed();
    }

    go(...points) {
      const from = this.stroke.points.length;
      this.stroke.points.push(...points);
      draw(this.ink, this.stroke, from);
      this.changed();
    }

    remember() {
      this.past.push({ base: this.base, strokes: this.strokes });
    }

    // Lays a picture of 28×28 on the pad, such as a real digit; null for none.
    lay(picture) {
      this.remember();
      this.restore({ base: picture, strokes: [] });
    }

    clear() {
      if (!this.isEmpty) this.lay(null);
    }

    undo() {
      if (this.past.length) this.restore(this.past.pop());
    }

    restore({ base, strokes }) {
      this.stroke = null;
      Object.assign(this, { base, strokes, ink: inked(base, strokes) });
      this.changed();
    }

    changed() {
      this.showTip();
      this.on.change();
    }

    get isEmpty() {
      return !this.base && !this.strokes.length;
    }

    get isGiven() {
      return this.base && !this.strokes.length;
    }

    // The picture that the network gets. A real digit has been normalised before.
    picture() {
      if (this.isGiven) return this.base;
      return (this.isNormal ? normalise : asDrawn)(this.ink);
    }

    setTool(erases) {
      this.erases = erases;
      this.tool.show(erases);
    }

    // ---------------------------------------------------------------- keys

    onKey(event) {
      const move = MOVES[event.key];
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") this.undo();
      else if (event.ctrlKey || event.metaKey || event.altKey) return;
      else if (move) this.movePen(move, event.shiftKey ? 4 : 1);
      else if (event.key === " " || event.key === "Enter") this.setDown(!this.isDown);
      else if (event.key === "Escape" && this.isDown) this.setDown(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    movePen(move, cells) {
      this.pen = this.pen.map((at, a) => Math.min(Math.max(at + cells * move[a], 0), SIDE));
      if (this.isDown) this.go([...this.pen]);
      this.showTip();
      this.on.say(`row ${this.pen[1]}, column ${this.pen[0]}, pen ${this.isDown ? "down" : "up"}`);
    }

    setDown(isDown) {
      this.isDown = isDown;
      if (isDown) this.begin([...this.pen], this.erases);
      else this.stroke = null;
      this.showTip();
      this.on.say(`pen ${isDown ? "down" : "up"}`);
    }

    lift() {
      if (this.isDown) this.setDown(false);
    }

    // ---------------------------------------------------------------- drawing

    showTip() {
      this.tip.classList.toggle("down", Boolean(this.isDown));
      this.tip.style.left = `${(100 * this.pen[0]) / SIDE}%`;
      this.tip.style.top = `${(100 * this.pen[1]) / SIDE}%`;
      this.undoButton.setAttribute("aria-disabled", String(!this.past.length));
      this.clearButton.setAttribute("aria-disabled", String(this.isEmpty));
    }

    show(colours) {
      paint(this.canvas, [PAD, PAD], this.ink, 0, 1, colours);
      setText(this.canvas, this.isEmpty ? "empty" : `${this.strokes.length} strokes`);
    }
  }

  Object.assign(globalThis.convlib, { Pad });
})();
