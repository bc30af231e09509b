// The state of a bench that has rows of numbers: a number written or stepped, rows pasted, rows and
// columns added. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { BenchState, exactText, parseNumber, parseRows, checkRows } = globalThis.convlib;

  class RowsState extends BenchState {
    // Refuses rows that the bench cannot hold.
    checkRows(name, rows) {
      checkRows(name, rows);
    }

    // What is edited in the chosen number is undone by itself.
    chooseNumber(chosen) {
      this.chosen = chosen;
      this.merge = null;
      this.refusal = "";
      this.draw();
    }

    write(name, i, j, value, merge = null) {
      const rows = this.state[name].map((row, at) => (at === i ? row.with(j, value) : row));
      this.checkRows(name, rows);
      this.edit({ [name]: rows }, merge);
    }

    step(name, i, j, by) {
      const value = this.state[name][i][j];
      const moved = Number.isInteger(value) ? value + by : Number((value + by).toPrecision(15));
      this.attempt(() => this.write(name, i, j, parseNumber(exactText(moved))));
    }

    // Takes a step back as if it had not been made.
    unstep() {
      this.undo();
      this.future.pop();
    }

    // A whole array takes the place of the old one; rows are laid over it from a cell on.
    paste(name, i, j, text) {
      this.attempt(() => {
        const { rows, isWhole } = parseRows(text);
        const old = isWhole ? [[]] : this.state[name];
        const [top, left] = isWhole ? [0, 0] : [i, j];
        const height = Math.max(isWhole ? 0 : old.length, top + rows.length);
        const width = Math.max(old[0].length, left + rows[0].length);
        const value = (r, c) => rows[r - top]?.[c - left] ?? old[r]?.[c] ?? 0;
        const merged = Array.from({ length: height }, (_, r) =>
          Array.from({ length: width }, (__, c) => value(r, c)),
        );
        this.checkRows(name, merged);
        this.edit({ [name]: merged });
      });
    }

    resize(name, axis, by) {
      const old = this.state[name];
      if (by < 0 && (axis ? old[0] : old).length === 1)
        return this.refuse(`The ${name} needs at least one ${axis ? "column" : "row"}`);
      const more = axis ? (row) => [...row, 0] : (row) => row;
      const less = axis ? (row) => row.slice(0, -1) : (row) => row;
      let rows = old.map(by > 0 ? more : less);
      if (!axis) rows = by > 0 ? [...old, Array(old[0].length).fill(0)] : old.slice(0, -1);
      return this.attempt(() => {
        this.checkRows(name, rows);
        this.edit({ [name]: rows });
      });
    }
  }

  Object.assign(globalThis.convlib, { RowsState });
})();
