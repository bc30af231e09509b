// The changes that a reader makes to a network and to what it gets, each of which can be taken back.
// Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  class Changes {
    constructor(most) {
      this.most = most; // cells that a drawing moves along each axis
      Object.assign(this, { edits: [], shift: [0, 0], past: [] });
    }

    get isAny() {
      return this.edits.length > 0 || this.shift.some(Boolean);
    }

    // What pools keep now.
    get pool() {
      return this.edits.findLast(({ what }) => what === "pool")?.how ?? "max";
    }

    // Maps the filters of a layer that are silent to the edits that silenced them.
    silencing(layer) {
      const found = new Map();
      for (const edit of this.edits.filter((each) => each.layer === layer)) {
        const { what, filter, other } = edit;
        const before = found.get(filter);
        if (what === "silence") found.set(filter, edit);
        if (what === "swap") found.set(filter, found.get(other)).set(other, before);
      }
      return found;
    }

    // The same number changed again is taken back with the change before, and a filter silenced again
    // wakes. Tells whether it is new.
    edit(edit) {
      const silenced = edit.what === "silence" && this.silencing(edit.layer).get(edit.filter);
      const edits = silenced
        ? this.edits.filter((each) => each !== silenced)
        : withEdit(this.edits, edit);
      if (isSame(edits, this.edits)) return false;
      const isAgain = edit.at !== undefined && edits.length === this.edits.length;
      if (!isAgain) this.remember();
      this.edits = edits;
      return true;
    }

    move(by) {
      const { most } = this;
      this.remember();
      this.shift = this.shift.map((at, a) => Math.min(Math.max(at + by[a], -most), most));
    }

    remember() {
      this.past.push({ edits: this.edits, shift: this.shift });
    }

    // Takes back the last change, or all. Tells whether there was one.
    undo(isAll) {
      if (!this.past.length) return false;
      if (isAll) this.past = this.past.slice(0, 1);
      Object.assign(this, this.past.pop());
      return true;
    }
  }

  function numberOf({ what, layer, at }) {
    return `${what} ${layer} ${at}`;
  }

  // Returns the edits and one more. The same number written again is one edit; pools are set once.
  function withEdit(edits, edit) {
    if (edit.what === "pool") {
      const others = edits.filter(({ what }) => what !== "pool");
      return edit.how === "max" ? others : [...others, edit];
    }
    const isAgain = edit.at !== undefined && edits.length && numberOf(edits.at(-1)) === numberOf(edit);
    return [...(isAgain ? edits.slice(0, -1) : edits), edit];
  }

  function isSame(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  Object.assign(globalThis.convlib, { Changes });
})();
