// Grids of numbers as HTML, to look at, point at, walk through and edit. Knows no mathematics: texts,
// marks and frames come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make } = globalThis.convlib;
  const MINUS = 0.4; // how much wider a minus sign is than a digit
  const DRAG_FROM = 6; // pixels that a pressed pointer moves before it drags
  const MINUS_WAIT = 1000; // milliseconds in which a digit after "-" makes a negative number

  function under(event) {
    return event.target.closest(".cell");
  }

  // Calls, where `on` has them: point(i, j) and leave() as a pointer passes, choose(i, j) for a cell
  // that is clicked or walked to, and for an editable grid write(i, j, text), which tells whether it
  // was accepted, step(i, j, by), paste(i, j, text), and drag(rows, columns) while a cell marked
  // "window" is dragged, measured in cells from where it began.
  class Grid {
    constructor(name, on, { isEditable = false, isPicture = false } = {}) {
      [this.name, this.on, this.isEditable, this.isPicture] = [name, on, isEditable, isPicture];
      this.element = make("div", {
        class: "cells",
        "aria-label": name,
        role: isPicture ? "img" : "grid",
      });
      if (!isPicture && !isEditable) this.element.setAttribute("aria-readonly", "true");
      this.frame = make("div", { class: "cells-frame", "aria-hidden": "true" });
      this.here = [0, 0]; // the cell that the keyboard stands on
      this.rim = [
        [0, 0],
        [0, 0],
      ];
      this.listen();
    }

    // Shows `texts`, whose outer rows and columns, as many as `rim` counts on each side, are no
    // cells of their own; `mark(i, j)` gives the classes of a cell; `frame` is [row, column,
    // height, width] or null. Rows and columns are counted without the rim.
    show({
      texts,
      rim = [
        [0, 0],
        [0, 0],
      ],
      mark = () => "",
      frame = null,
      editText = null,
    }) {
      [this.texts, this.editText] = [texts, editText];
      const shape = `${texts.length} ${texts[0].length} ${rim}`;
      if (this.shape !== shape) this.build(shape, texts, rim);
      const [[top], [left]] = rim;
      let longest = 1;
      for (const [row, line] of texts.entries()) {
        for (const [column, text] of line.entries()) {
          const cell = this.cells[row][column];
          const classes = `cell ${mark(row - top, column - left)}`;
          if (cell.className !== classes) cell.className = classes;
          const letters = text.length + MINUS * (text.split("−").length - 1);
          longest = Math.max(longest, text.length);
          if (cell.shown === text) continue;
          cell.shown = text;
          cell.firstChild.data = text;
          cell.style.setProperty("--letters", letters);
          if (cell.isOwn)
            cell.setAttribute("aria-label", `row ${row - top}, column ${column - left}: ${text}`);
        }
      }
      this.element.style.setProperty("--longest", longest);
      this.showFrame(frame);
      if (this.isPicture) {
        this.element.setAttribute(
          "aria-label",
          `${this.name}: ${texts.map((row) => row.join(", ")).join("; ")}`,
        );
      }
    }

    showFrame(frame) {
      this.frame.hidden = !frame;
      if (!frame) return;
      const [row, column, height, width] = frame;
      const { style } = this.frame;
      style.setProperty("--row", row + this.rim[0][0]);
      style.setProperty("--column", column + this.rim[1][0]);
      style.setProperty("--height", height);
      style.setProperty("--width", width);
    }

    build(shape, texts, rim) {
      const hadFocus = this.element.contains(document.activeElement);
      const [[top, bottom], [left, right]] = rim;
      const [height, width] = [texts.length - top - bottom, texts[0].length - left - right];
      const isOwn = (i, j) => i >= 0 && j >= 0 && i < height && j < width;
      [this.shape, this.rim, this.height, this.width] = [shape, rim, height, width];
      this.cells = texts.map((line, row) =>
        line.map((_, column) => this.makeCell(row - top, column - left, isOwn)),
      );
      const index = (text) => make("span", { class: "cells-index", "aria-hidden": "true" }, text);
      const numbers = texts[0].map((_, column) =>
        index(column < left || column >= left + width ? "" : String(column - left)),
      );
      const across = make("div", { class: "cells-across", "aria-hidden": "true" }, ...numbers);
      const rows = this.cells.map((line, row) => {
        const isOwnRow = row >= top && row < top + height;
        const attributes =
          isOwnRow && !this.isPicture ? { role: "row" } : { "aria-hidden": "true" };
        return make(
          "div",
          { class: "cells-row", ...attributes },
          index(isOwnRow ? String(row - top) : ""),
          ...line,
        );
      });
      this.body = make("div", { class: "cells-body" }, ...rows, this.frame);
      this.element.replaceChildren(across, this.body);
      this.element.style.setProperty("--rows", texts.length);
      this.element.style.setProperty("--columns", texts[0].length);
      this.here = [Math.min(this.here[0], height - 1), Math.min(this.here[1], width - 1)];
      if (!this.isPicture) this.cell(...this.here).tabIndex = 0;
      if (hadFocus) this.cell(...this.here).focus({ preventScroll: true });
    }

    makeCell(i, j, isOwn) {
      const cell = make("div", {}, "");
      Object.assign(cell, { place: [i, j], isOwn: isOwn(i, j) });
      if (this.isPicture) return cell;
      if (cell.isOwn) cell.setAttribute("role", "gridcell");
      else cell.setAttribute("aria-hidden", "true");
      if (cell.isOwn) cell.tabIndex = -1;
      return cell;
    }

    cell(i, j) {
      return this.cells[i + this.rim[0][0]][j + this.rim[1][0]];
    }

    // Makes a cell the one that Tab comes to.
    stand(i, j) {
      this.cell(...this.here).tabIndex = -1;
      this.here = [i, j];
      this.cell(i, j).tabIndex = 0;
    }

    // The way from a cell being written to the next, as in a table; none from the last.
    after(i, j, isBack) {
      const at = i * this.width + j + (isBack ? -1 : 1);
      if (at < 0 || at >= this.height * this.width) return undefined;
      return [Math.floor(at / this.width) - i, (at % this.width) - j];
    }

    go(i, j) {
      const [row, column] = [
        Math.min(Math.max(i, 0), this.height - 1),
        Math.min(Math.max(j, 0), this.width - 1),
      ];
      this.cell(row, column).focus();
    }

    // ---------------------------------------------------------------- pointer

    listen() {
      const { element } = this;
      element.addEventListener("pointerover", (event) => {
        const cell = under(event);
        if (event.pointerType !== "touch" && !this.press?.isDrag && cell?.isOwn)
          this.on.point?.(...cell.place);
      });
      element.addEventListener("pointerleave", () => this.on.leave?.());
      element.addEventListener("pointerdown", (event) => this.onDown(event, under(event)));
      element.addEventListener("pointermove", (event) => this.onMove(event));
      for (const end of ["pointerup", "pointercancel"])
        element.addEventListener(end, () => this.onUp());
      element.addEventListener("click", (event) => this.onClick(under(event)));
      element.addEventListener("focusin", (event) => {
        const cell = under(event);
        if (!cell?.isOwn || event.target !== cell) return;
        this.stand(...cell.place);
        this.on.choose?.(...cell.place);
      });
      element.addEventListener("keydown", (event) => this.onKey(event));
      element.addEventListener("paste", (event) => this.onPaste(event));
      element.addEventListener("copy", (event) => this.onCopy(event));
    }

    onDown(event, cell) {
      this.wasHere = cell && document.activeElement === cell;
      this.press = null;
      if (event.button !== 0 || !this.on.drag || !cell?.classList.contains("window") || this.editor)
        return;
      this.press = {
        x: event.clientX,
        y: event.clientY,
        box: cell.getBoundingClientRect(),
        isDrag: false,
      };
    }

    onMove(event) {
      const { press } = this;
      if (!press) return;
      const [across, down] = [event.clientX - press.x, event.clientY - press.y];
      if (!press.isDrag) {
        if (Math.hypot(across, down) < DRAG_FROM) return;
        press.isDrag = true;
        this.element.setPointerCapture(event.pointerId);
        this.element.classList.add("dragging");
        this.on.drag(0, 0, true);
      }
      this.on.drag(down / press.box.height, across / press.box.width, false);
    }

    onUp() {
      this.wasDrag = this.press?.isDrag;
      this.press = null;
      this.element.classList.remove("dragging");
    }

    // The first click chooses a cell, the second opens it for writing.
    onClick(cell) {
      const [isAfterDrag, wasHere] = [this.wasDrag, this.wasHere];
      this.wasDrag = false;
      if (isAfterDrag || !cell?.isOwn || this.isPicture || this.editor) return;
      if (wasHere && this.isEditable) this.open(cell);
      else cell.focus({ preventScroll: true });
    }

    // ---------------------------------------------------------------- keys

    onKey(event) {
      if (this.isPicture || !event.target.place) return;
      const { key } = event;
      const [i, j] = this.here;
      const isCommand = event.ctrlKey || event.metaKey;
      const ends = {
        Home: [isCommand ? 0 : i, 0],
        End: [isCommand ? this.height - 1 : i, this.width - 1],
      };
      const to = {
        ArrowUp: [i - 1, j],
        ArrowDown: [i + 1, j],
        ArrowLeft: [i, j - 1],
        ArrowRight: [i, j + 1],
        ...ends,
      }[key];
      const sinceMinus = event.timeStamp - (this.minusAt ?? -Infinity);
      this.minusAt = undefined;
      if (to) this.go(...to);
      else if (isCommand || event.altKey || !this.isEditable) return;
      else if (key === "+" || key === "-") {
        this.on.step(i, j, key === "+" ? 1 : -1);
        if (key === "-") this.minusAt = event.timeStamp;
      } else if (/^[\d.∞]$/.test(key)) this.type(key, sinceMinus < MINUS_WAIT);
      else if (key === "Enter" || key === "F2") this.open(event.target);
      else if (key === "Delete" || key === "Backspace") this.on.write(i, j, "0");
      else return;
      event.preventDefault();
    }

    // "-" has stepped down at once; a digit right after it shows that a negative number was meant.
    type(key, isAfterMinus) {
      if (isAfterMinus) this.on.unstep();
      this.open(this.cell(...this.here), isAfterMinus ? `-${key}` : key);
    }

    onPaste(event) {
      if (!this.isEditable || !event.target.place) return;
      event.preventDefault();
      this.on.paste(...this.here, event.clipboardData.getData("text/plain"));
    }

    onCopy(event) {
      if (this.isPicture || !event.target.place || !document.getSelection().isCollapsed) return;
      event.preventDefault();
      const [[top], [left]] = this.rim;
      const rows = this.texts
        .slice(top, top + this.height)
        .map((row) => row.slice(left, left + this.width));
      const plain = rows.map((row, i) =>
        row.map((text, j) => this.editText?.(i, j) ?? text).join("\t"),
      );
      event.clipboardData.setData("text/plain", plain.join("\n").replaceAll("−", "-"));
    }

    // ---------------------------------------------------------------- writing into a cell

    open(cell, typed) {
      const [i, j] = cell.place;
      const before = typed ?? this.editText(i, j);
      const input = make("input", {
        class: "cell-editor",
        "aria-label": `${this.name}, row ${i}, column ${j}`,
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        enterkeyhint: "done",
      });
      input.value = before;
      this.editor = input;
      const close = (keepFocus) => {
        this.editor = null;
        input.remove();
        if (keepFocus) cell.focus({ preventScroll: true });
      };
      // Tells whether what stands there was accepted.
      const accept = () =>
        (typed === undefined && input.value === before) || this.on.write(i, j, input.value);
      input.addEventListener("keydown", (event) => {
        const arrows = {
          ArrowUp: [-1, 0],
          ArrowDown: [1, 0],
          ...(typed && { ArrowLeft: [0, -1], ArrowRight: [0, 1] }),
        };
        const back = event.shiftKey;
        const next = { Enter: [back ? -1 : 1, 0], Tab: this.after(i, j, back), ...arrows };
        const move = next[event.key];
        if (event.key === "Escape") close(true);
        else if (!move) return;
        else if (accept()) {
          close(true);
          this.go(i + move[0], j + move[1]);
        } else {
          input.setAttribute("aria-invalid", "true");
          input.select();
        }
        event.preventDefault();
        event.stopPropagation();
      });
      // What was refused is written over, also after a click into it.
      input.addEventListener("mousedown", (event) => {
        if (!input.ariaInvalid) return;
        event.preventDefault();
        input.select();
      });
      input.addEventListener("input", () => input.removeAttribute("aria-invalid"));
      input.addEventListener("blur", () => {
        if (this.editor !== input) return;
        accept();
        close(false);
      });
      cell.append(input);
      input.focus({ preventScroll: true });
      if (typed === undefined) input.select();
    }
  }

  Object.assign(globalThis.convlib, { Grid });
})();
