// The state of any bench: edited, undone, reset, loaded and refused. Knows no page and no kind of
// bench: whoever extends it draws.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake } = globalThis.convlib;

  // `codec` writes a state as text and reads it: {encode, decode}. `on.change(text)` is told every
  // state that differs from the one before.
  class BenchState {
    constructor({ encode, decode }, text, first, on) {
      [this.encode, this.decode, this.first, this.on] = [encode, decode, first, on];
      [this.past, this.future, this.merge] = [[], [], null];
      this.state = decode(text);
      this.told = text;
      this.refusal = "";
    }

    isSame(one, other) {
      return this.encode(one) === this.encode(other);
    }

    get isFirst() {
      return this.encode(this.state) === this.first;
    }

    // Edits with the same `merge`, one after the other, are undone together.
    edit(changes, merge = null) {
      const before = this.state;
      this.state = { ...before, ...changes };
      const isNew = !this.isSame(this.state, before);
      if (isNew && (merge === null || merge !== this.merge)) this.past.push(before);
      if (isNew) this.future = [];
      this.merge = merge;
      this.refresh();
    }

    refresh() {
      this.refusal = "";
      this.draw();
      this.tell();
    }

    tell() {
      const text = this.encode(this.state);
      if (text === this.told) return;
      this.told = text;
      this.on.change(text);
    }

    load(text) {
      if (text !== this.told) this.edit(this.decode(text));
    }

    undo(from = this.past, to = this.future) {
      if (!from.length) return;
      to.push(this.state);
      this.state = from.pop();
      this.merge = null;
      this.refresh();
    }

    redo() {
      this.undo(this.future, this.past);
    }

    reset() {
      this.edit(this.decode(this.first));
    }

    // Does what may be refused; tells whether it was done.
    attempt(action) {
      try {
        action();
        return true;
      } catch (mistake) {
        if (!(mistake instanceof Mistake)) throw mistake;
        this.refuse(mistake.message);
        return false;
      }
    }

    refuse(sentence) {
      this.refusal = sentence;
      this.draw();
    }

    move(place) {
      this.state = { ...this.state, place };
      this.refresh();
    }
  }

  Object.assign(globalThis.convlib, { BenchState });
})();
