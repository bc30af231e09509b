// A square of cells too many to number, shaded, to point at, press and drag over. Knows no bench.
"use strict";
globalThis.convlib ??= {};
(() => {
  const SIDE = 160; // of the square, in units of its picture
  const SHADES = 5;

  function svg(tag, attributes = {}, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // Calls, where `on` has them: point(row, column) and leave() as a pointer passes,
  // choose(row, column, isStart) while it is pressed.
  class Squares {
    constructor(on) {
      this.on = on;
      this.shades = Array.from({ length: SHADES }, (_, shade) =>
        svg("path", { "fill-opacity": (shade + 1) / SHADES }),
      );
      this.lines = svg("path", { class: "square-lines" });
      this.middle = svg("rect", { class: "square-middle" });
      this.here = svg("rect", { class: "square-here" });
      this.element = svg(
        "svg",
        { class: "squares", viewBox: `-1 -1 ${SIDE + 2} ${SIDE + 2}`, "aria-hidden": "true" },
        svg("rect", { class: "square-paper", width: SIDE, height: SIDE }),
        ...this.shades,
        this.lines,
        this.middle,
        this.here,
      );
      this.listen();
    }

    // Shows `count` by `count` cells: `share(i, j)` from 0 to 1 is how strongly one is coloured,
    // `kind` names the colour, `here` is the row and column of the cell in a frame, or null; so is
    // `middle`, of another frame.
    show(count, { share, kind, here, middle = null }) {
      const side = SIDE / count;
      const at = (n) => Number((n * side).toFixed(2));
      const paths = Array(SHADES).fill("");
      this.count = count;
      for (let i = 0; i < count; i++)
        for (let j = 0; j < count; j++) {
          const shade = Math.ceil(share(i, j) * SHADES);
          if (shade) paths[shade - 1] += `M${at(j)} ${at(i)}h${at(1)}v${at(1)}h-${at(1)}z`;
        }
      this.shades.forEach((path, shade) => {
        path.setAttribute("class", kind);
        path.setAttribute("d", paths[shade]);
      });
      const lines = Array.from(
        { length: count - 1 },
        (_, n) => `M0 ${at(n + 1)}h${SIDE}M${at(n + 1)} 0v${SIDE}`,
      );
      this.lines.setAttribute("d", lines.join(""));
      for (const [frame, cell] of [
        [this.here, here],
        [this.middle, middle],
      ]) {
        frame.style.display = cell ? "" : "none";
        const place = cell && { y: at(cell[0]), x: at(cell[1]), width: at(1), height: at(1) };
        for (const [name, value] of Object.entries(place ?? {})) frame.setAttribute(name, value);
      }
    }

    listen() {
      const { element, on } = this;
      element.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        element.setPointerCapture(event.pointerId);
        on.choose(...this.under(event), true);
      });
      element.addEventListener("pointermove", (event) => {
        if (element.hasPointerCapture(event.pointerId)) on.choose(...this.under(event), false);
        else if (event.pointerType !== "touch") on.point?.(...this.under(event));
      });
      element.addEventListener("pointerleave", () => on.leave?.());
    }

    // The cell under the pointer; a pointer that has left the square while dragging keeps to its rim.
    under({ clientX, clientY }) {
      const { left, top, width } = this.element.getBoundingClientRect();
      const unit = width / (SIDE + 2);
      return [clientY - top, clientX - left].map((distance) => {
        const cell = Math.floor(((distance / unit - 1) / SIDE) * this.count);
        return Math.min(Math.max(cell, 0), this.count - 1);
      });
    }
  }

  Object.assign(globalThis.convlib, { Squares });
})();
