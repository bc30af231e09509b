// The state of a bench of numbers and every way of changing it: edits, pasted rows, settings.
// Knows no page: whoever extends it draws.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    BenchState,
    exactText,
    parseNumber,
    parseRows,
    parseSetting,
    encode,
    decode,
    checkRows,
    defaults,
    MOST,
  } = globalThis.convlib;

  class NumbersState extends BenchState {
    constructor(text, first, on) {
      super({ encode, decode }, text, first, on);
    }

    write(name, i, j, value) {
      const rows = this.state[name].map((row, at) => (at === i ? row.with(j, value) : row));
      this.edit({ [name]: rows });
    }

    step(name, i, j, by) {
      const value = this.state[name][i][j];
      const moved = Number.isInteger(value) ? value + by : Number((value + by).toPrecision(15));
      this.attempt(() => this.write(name, i, j, parseNumber(exactText(moved))));
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
        checkRows(name, merged);
        this.edit({ [name]: merged });
      });
    }

    resize(name, axis, by) {
      const what = axis ? "column" : "row";
      if (name === "size") {
        const size = this.state.size.with(axis, this.state.size[axis] + by);
        if (size[axis] < 1) return this.refuse(`The pool window needs at least one ${what}`);
        if (size[axis] > MOST.kernel)
          return this.refuse(`The pool window has room for ${MOST.kernel} ${what}s`);
        return this.edit({ size });
      }
      const old = this.state[name];
      if (by < 0 && (axis ? old[0] : old).length === 1)
        return this.refuse(`The ${name} needs at least one ${what}`);
      const more = axis ? (row) => [...row, 0] : (row) => row;
      const less = axis ? (row) => row.slice(0, -1) : (row) => row;
      let rows = old.map(by > 0 ? more : less);
      if (!axis) rows = by > 0 ? [...old, Array(old[0].length).fill(0)] : old.slice(0, -1);
      return this.attempt(() => {
        checkRows(name, rows);
        this.edit({ [name]: rows });
      });
    }

    setPool(pool) {
      if (pool === this.state.pool) return;
      const stride = pool && this.state.pool ? this.state.stride : defaults(pool).stride;
      this.edit({ pool, stride });
    }

    // A setting is what stands in its field, right or wrong: convlib's sentence judges it.
    writeSetting(name, text) {
      const value = parseSetting(text);
      this.edit(
        { [name]: value === "" && name === "stride" && this.state.pool ? null : value },
        name,
      );
    }

    stepSetting(name, by) {
      const value = this.state[name] ?? this.state.size;
      const start =
        Array.isArray(value) || typeof value === "number"
          ? value
          : (defaults(this.state.pool)[name] ?? 1);
      this.edit({ [name]: Array.isArray(start) ? start.map((n) => n + by) : start + by }, name);
    }

    setPadding(kind) {
      const sides = this.shown.call?.padding ?? [
        [0, 0],
        [0, 0],
      ];
      const [first, ...others] = sides.flat();
      const number = others.every((n) => n === first) ? first : 0;
      this.edit({ padding: { number, sides }[kind] ?? kind });
    }

    setSide(at, value) {
      const sides = this.state.padding.flat().with(at, value);
      this.edit({ padding: [sides.slice(0, 2), sides.slice(2)] }, `padding ${at}`);
    }
  }

  Object.assign(globalThis.convlib, { NumbersState });
})();
