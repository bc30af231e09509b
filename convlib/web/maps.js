// What every layer of a network makes of an image, as maps to point at, and what belongs to the cell
// that is pointed at as frames over them. Knows no mathematics: numbers and boxes come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, numberText, paint, isFlat, runs, shareText } = globalThis.convlib;
  const LARGE = 20; // rows from which on a map gets twice the room
  // Layers that the glossary has under another name.
  const WORDS = { input: "image", conv: "convolution", max: "pooling", mean: "pooling", dense: "score" };
  const STEPS = {
    ArrowUp: [0, -1, 0],
    ArrowDown: [0, 1, 0],
    ArrowLeft: [0, 0, -1],
    ArrowRight: [0, 0, 1],
    PageUp: [-1, 0, 0],
    PageDown: [1, 0, 0],
  };

  // Calls on.point(cell) and on.leave() as a pointer passes, and on.choose(cell) for a cell that is
  // clicked or walked to. The title leads to the glossary, where there is one.
  class Maps {
    constructor(stop, about, glossary, on) {
      [this.stop, this.on] = [stop, on];
      this.here = stop.shape.map(() => 0);
      this.cells = [];
      const href = `${glossary}#${WORDS[stop.kind] ?? stop.kind}`;
      const title = make("div", { class: "head" }, glossary ? make("a", { href }, stop.title) : stop.title);
      const size = make("span", { class: "maps-size" }, sizeOf(stop));
      this.least = make("span");
      this.below = make("i", { class: "ramp below" });
      this.most = make("span");
      const ramp = make("i", { class: "ramp" });
      const legend = make("span", { class: "maps-legend" }, this.least, this.below, "0", ramp, this.most);
      this.group = make("div", {
        class: "maps",
        tabindex: "0",
        role: "application",
        "aria-label": `${stop.title}, ${sizeOf(stop)}. ${helpOf(stop)}`,
      });
      this.build();
      this.element = make(
        "section",
        { class: `maps-layer maps-${stop.kind}` },
        make("div", { class: "maps-head" }, title, size, ...(isFlat(stop) ? [] : [legend])),
        make("p", { class: "maps-about" }, about),
        this.group,
      );
      this.listen();
    }

    build() {
      const { shape } = this.stop;
      if (isFlat(this.stop)) {
        this.group.classList.add("maps-flat");
        for (let n = 0; n < shape[0]; n++) {
          const bar = make("span", { class: "share-bar" });
          const number = make("span", { class: "share-number" });
          const row = make("div", { class: "share" }, make("b", {}, String(n)), bar, number);
          this.cells.push({ element: row, bar, number });
          this.group.append(row);
        }
        return;
      }
      this.group.classList.toggle("large", shape[1] >= LARGE);
      this.group.classList.toggle("single", shape[0] === 1);
      for (let n = 0; n < shape[0]; n++) {
        const canvas = make("canvas");
        const dot = make("i", { class: "dot", hidden: "" });
        const frame = make("div", { class: "map-frame" }, canvas, dot);
        const name = make("span", { class: "map-name" }, shape[0] === 1 ? "" : String(n));
        const element = make("div", { class: "map" }, frame, name);
        this.cells.push({ element, canvas, boxes: [], dot, frame, name });
        this.group.append(element);
      }
    }

    // ---------------------------------------------------------------- pointing

    listen() {
      const { group } = this;
      group.addEventListener("pointermove", (event) => {
        const cell = event.pointerType !== "touch" && this.under(event);
        if (cell) this.on.point(cell);
        else this.on.leave();
      });
      group.addEventListener("pointerleave", () => this.on.leave());
      group.addEventListener("click", (event) => {
        const cell = this.under(event);
        if (cell) this.choose(cell);
      });
      group.addEventListener("keydown", (event) => this.onKey(event));
      group.addEventListener("focus", () => group.matches(":focus-visible") && this.choose(this.here));
    }

    under(event) {
      const number = this.cells.findIndex(({ element }) => element.contains(event.target));
      if (number < 0) return null;
      if (isFlat(this.stop)) return [number];
      const box = this.cells[number].canvas.getBoundingClientRect();
      const [, height, width] = this.stop.shape;
      const i = Math.floor(((event.clientY - box.top) / box.height) * height);
      const j = Math.floor(((event.clientX - box.left) / box.width) * width);
      return i < 0 || j < 0 || i >= height || j >= width ? null : [number, i, j];
    }

    choose(cell) {
      this.here = cell;
      this.on.choose(cell);
    }

    onKey(event) {
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const moves = isFlat(this.stop) ? [step[0] + step[1] + step[2]] : step;
      this.choose(
        this.here.map((at, a) => Math.min(Math.max(at + moves[a], 0), this.stop.shape[a] - 1)),
      );
    }

    // ---------------------------------------------------------------- drawing

    show(data, silent, colours) {
      const most = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      if (isFlat(this.stop)) this.showBars(data, most);
      else {
        const [, height, width] = this.stop.shape;
        const scale = this.stop.kind === "input" ? 1 : most;
        for (const [n, { canvas, name }] of this.cells.entries()) {
          paint(canvas, [height, width], data, n * height * width, scale, colours);
          if (this.cells.length > 1) setText(name, silent.get(n) ? `${n} silent` : String(n));
        }
      }
      this.showLegend(data, most);
    }

    showBars(data, most) {
      const best = data.indexOf(Math.max(...data));
      const isShare = this.stop.kind === "softmax";
      for (const [n, { element, bar, number }] of this.cells.entries()) {
        element.classList.toggle("best", n === best);
        bar.classList.toggle("below", data[n] < 0);
        bar.style.setProperty("--share", most ? Math.abs(data[n]) / (isShare ? 1 : most) : 0);
        setText(number, isShare ? shareText(data[n]) : numberText(data[n]));
      }
    }

    showLegend(data, most) {
      if (isFlat(this.stop)) return;
      const isSigned = data.some((value) => value < 0);
      this.least.hidden = this.below.hidden = !isSigned;
      setText(this.least, numberText(-most));
      setText(this.most, numberText(this.stop.kind === "input" ? 1 : most));
    }

    // Marks [maps, rows, columns], null for all of what is flat, and a cell. `kind` says how.
    light({ axes, cell, kind }) {
      this.element.classList.toggle("lit", axes !== undefined);
      for (const [n, part] of this.cells.entries()) {
        if (isFlat(this.stop)) {
          part.element.classList.toggle("lit", axes !== undefined && cell?.[0] !== n);
          part.element.classList.toggle("here", cell?.[0] === n);
          continue;
        }
        const isLit = axes?.[0].includes(n);
        this.frame(part, isLit ? axes.slice(1).map(runs) : [[], []], kind);
        const here = cell?.[0] === n ? cell.slice(1) : null;
        part.dot.hidden = !here;
        if (here) this.place(part.dot, ...here.map((at) => [at, at]));
      }
    }

    // Lays a box on every run of rows and run of columns.
    frame({ frame, boxes, dot }, [rows, columns], kind) {
      const spans = rows.flatMap((row) => columns.map((column) => [row, column]));
      while (boxes.length < spans.length) {
        boxes.push(make("i"));
        frame.insertBefore(boxes.at(-1), dot);
      }
      for (const [n, box] of boxes.entries()) {
        box.className = `box ${kind}`;
        box.hidden = n >= spans.length;
        if (!box.hidden) this.place(box, ...spans[n]);
      }
    }

    place(mark, [top, bottom], [left, right]) {
      const [, height, width] = this.stop.shape;
      Object.assign(mark.style, {
        top: `${(100 * top) / height}%`,
        left: `${(100 * left) / width}%`,
        height: `${(100 * (bottom + 1 - top)) / height}%`,
        width: `${(100 * (right + 1 - left)) / width}%`,
      });
    }
  }

  function sizeOf({ shape }) {
    if (shape.length === 1) return `${shape[0]} numbers`;
    return `${shape[0]} ${shape[0] === 1 ? "map" : "maps"} of ${shape[1]}×${shape[2]}`;
  }

  function helpOf(stop) {
    return isFlat(stop)
      ? "Arrow keys move from number to number."
      : "Arrow keys move the cell, Page Up and Page Down change the map.";
  }

  Object.assign(globalThis.convlib, { Maps });
})();
