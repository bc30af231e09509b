// Lets the reader point at a picture: pressing or dragging chooses what a place in it stands for, and
// hovering shows what would be chosen. Knows no page and no kernel.
//
// A clear rectangle lies over every grid that can be pointed at. In its data x and y are [where
// place 0 begins, step, size]; row and column name the sliders of a place's row and column; number
// is [slider, value of place 0, step, rows, columns]; also are values of all places. A drag goes
// on in other rectangles of the same `of`.
"use strict";
globalThis.convlib ??= {};
(() => {
  // The choice that stands for a value: itself, the nearest number, or the first word.
  function nearest(value, choices) {
    if (choices.includes(value)) return value;
    if (typeof value !== "number" || typeof choices[0] !== "number") return choices[0];
    return choices.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a));
  }

  function pointOf(target) {
    return JSON.parse(target.dataset.point);
  }

  function within(value, count) {
    return Math.min(Math.max(Math.round(value), 0), count - 1);
  }

  // Tells what the place under the pointer stands for: name -> value. Between two places numbers
  // are fractions; the explorer takes the nearest that is possible.
  function valuesAt(target, { clientX, clientY }) {
    const box = target.getBoundingClientRect();
    const { x, y, row, column, number, also } = pointOf(target);
    const scale = target.width.baseVal.value / box.width;
    const place = (axis, away) => axis && (away * scale - axis[0] - axis[2] / 2) / axis[1];
    const [i, j] = [place(y, clientY - box.top), place(x, clientX - box.left)];
    const values = { ...also };
    if (row) values[row] = i;
    if (column) values[column] = j;
    if (number) {
      const [name, first, step, rows, columns] = number;
      values[name] = first + step * (within(i, rows) * columns + within(j, columns));
    }
    return values;
  }

  // Cuts a place off where its rectangle ends, along one axis: where it begins, and its length.
  function along(axis, place, begin, { baseVal: { value: length } }) {
    if (!axis) return [begin, length];
    const from = axis[0] + place * axis[1];
    const [start, end] = [Math.max(from, 0), Math.min(from + axis[2], length)];
    return [begin + start, end - start];
  }

  // Returns x, y, width and height of the place that stands for these values, if there is one.
  function blockOf(target, values) {
    const { x, y, row, column, number, also = {} } = pointOf(target);
    let [i, j] = [values[row], values[column]];
    if (number) {
      const [name, first, step, , columns] = number;
      const count = (values[name] - first) / step;
      [i, j] = [Math.floor(count / columns), count % columns];
    }
    const [left, width] = along(x, j, target.x.baseVal.value, target.width);
    const [top, height] = along(y, i, target.y.baseVal.value, target.height);
    const isThere = Object.keys(also).every((name) => also[name] === values[name]);
    if (isThere && width > 0 && height > 0) return { x: left, y: top, width, height };
  }

  function distance(target, { clientX, clientY }) {
    const { left, right, top, bottom } = target.getBoundingClientRect();
    const [x, y] = [Math.max(left - clientX, clientX - right), Math.max(top - clientY, clientY - bottom)];
    return Math.hypot(Math.max(x, 0), Math.max(y, 0));
  }

  class Pointing {
    // `home` tells the values shown now and what becomes of wanted ones, and shows wanted ones:
    // values(), settled(wanted), choose(wanted). It may draw the picture anew at any time.
    constructor(picture, home) {
      Object.assign(this, { picture, home });
      const on = (type, handle, options) => picture.addEventListener(type, handle, options);
      on("pointerdown", (event) => this.press(event));
      on("pointermove", (event) => (this.held ? this.drag(event) : this.hover(event)));
      on("pointerup", (event) => this.held && event.pointerType === "touch" && this.drag(event));
      on("touchstart", (event) => this.keep(event), { passive: false });
      on("pointerleave", () => this.clear());
      on("pointercancel", () => this.giveBack());
      on("lostpointercapture", () => {
        this.held = undefined;
      });
    }

    targets() {
      return [...this.picture.querySelectorAll(".point")];
    }

    press(event) {
      const target = event.target.closest(".point");
      if (!target || !event.isPrimary || event.button) return;
      event.preventDefault();
      this.picture.setPointerCapture(event.pointerId);
      this.held = { of: pointOf(target).of, before: this.home.values() };
      if (event.pointerType !== "touch") this.choose(target, event);
    }

    // A finger chooses when it moves or lifts, and does not scroll the page meanwhile; up and down
    // it does where only the way across matters. (touch-action has no effect within an SVG, and a
    // touch whose target is drawn anew as it begins is lost.)
    keep(event) {
      const target = event.target.closest(".point");
      const { x, y } = target ? pointOf(target) : {};
      if (target && (y || !x)) event.preventDefault();
    }

    // The pointer may have left the picture: the nearest place follows it.
    drag(event) {
      const targets = this.targets().filter((target) => pointOf(target).of === this.held.of);
      const away = targets.map((target) => distance(target, event));
      if (targets.length) this.choose(targets[away.lastIndexOf(Math.min(...away))], event);
    }

    choose(target, event) {
      this.clear();
      this.home.choose({ ...this.home.values(), ...valuesAt(target, event) });
    }

    // The browser has made the gesture its own, to scroll: nothing was meant to be chosen.
    giveBack() {
      if (this.held) this.home.choose(this.held.before);
    }

    // Shows the place that would be chosen wherever the picture has one for it.
    hover(event) {
      this.clear();
      const target = event.pointerType !== "touch" && event.target.closest(".point");
      if (!target) return;
      const now = this.home.values();
      const values = this.home.settled({ ...now, ...valuesAt(target, event) });
      if (Object.keys(values).every((name) => values[name] === now[name])) return;
      for (const one of this.targets()) {
        const block = blockOf(one, values);
        if (block) this.outline(one, block);
      }
    }

    outline(target, block) {
      const outline = target.cloneNode();
      outline.setAttribute("class", "pointed");
      for (const name in block) outline.setAttribute(name, block[name]);
      target.after(outline);
    }

    clear() {
      for (const outline of this.picture.querySelectorAll(".pointed")) outline.remove();
    }
  }

  Object.assign(globalThis.convlib, { Pointing, nearest });
})();
