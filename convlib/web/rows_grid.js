// A grid in which the rows of a bench are edited.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Grid, parseNumber } = globalThis.convlib;

  // `bench` is a RowsState, `name` the rows in its state, `on` what else the grid calls.
  function rowsGrid(bench, name, on) {
    const edits = {
      write: (i, j, text) => bench.attempt(() => bench.write(name, i, j, parseNumber(text))),
      step: (i, j, by) => bench.step(name, i, j, by),
      unstep: () => bench.unstep(),
      paste: (i, j, text) => bench.paste(name, i, j, text),
    };
    return new Grid(name, { ...edits, ...on }, { isEditable: true });
  }

  Object.assign(globalThis.convlib, { rowsGrid });
})();
