// The state of a bench of numbers, and the ways of changing its settings. Knows no page: whoever
// extends it draws.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { RowsState, parseSetting, encode, decode, defaults, MOST } = globalThis.convlib;

  class NumbersState extends RowsState {
    constructor(text, first, on) {
      super({ encode, decode }, text, first, on);
    }

    resize(name, axis, by) {
      if (name !== "size") return super.resize(name, axis, by);
      const what = axis ? "column" : "row";
      const size = this.state.size.with(axis, this.state.size[axis] + by);
      if (size[axis] < 1) return this.refuse(`The pool window needs at least one ${what}`);
      if (size[axis] > MOST.kernel)
        return this.refuse(`The pool window has room for ${MOST.kernel} ${what}s`);
      return this.edit({ size });
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
