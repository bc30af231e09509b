// A text that stands on a page, the author's or the reader's: kept as it is written, and what another
// tab, a file or a new edition of the book puts beside it is offered.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const { Choice, kept } = convlib;
  const IS_KEPT = "What you wrote can come back.";
  const FROM_TAB = "This is what another tab has kept.";
  const IS_GONE = "The other text is deleted.";

  // A class that extends this has `text`, `record`, `editor`, `show(text)` and `say(sentence)`.
  class Written {
    constructor(page, cell, author, bar) {
      this.page = page;
      this.author = author;
      this.key = kept.keyOf(page.settings.page, cell);
      this.choice = new Choice(bar, { show: () => this.showOther(), keep: () => this.keepThis() });
    }

    // Shows what is kept, or the author's text where nothing is.
    take(found) {
      this.show(found?.text ?? this.author);
      this.note(found);
    }

    // Takes over what is kept beside the text.
    note(found) {
      this.of = found?.of ?? kept.version(this.author);
      this.others = found?.others ?? [];
      this.offer();
    }

    // What stands beside the shown text; first the author's, where it has changed since.
    get beside() {
      const isOld = this.of !== kept.version(this.author);
      const book = isOld ? [{ text: this.author, from: "book" }] : [];
      return kept.distinct([...book, ...this.others], this.text);
    }

    offer() {
      const [other] = this.beside;
      if (other) this.choice.offer(other);
      else this.choice.clear();
    }

    showOther() {
      const [other, ...rest] = this.beside;
      this.others = [...rest, { text: this.text, from: "you" }];
      this.of = kept.version(this.author);
      this.show(other.text);
      this.keep();
      this.offer();
    }

    keepThis() {
      const { others, of } = this;
      const [other] = this.beside;
      this.others = others.filter(({ text }) => text !== other.text);
      this.of = kept.version(this.author);
      this.keep();
      if (other.from === "book") {
        this.offer();
        return;
      }
      this.choice.undo(IS_GONE, "Bring it back", () => {
        Object.assign(this, { others, of });
        this.keep();
        this.offer();
      });
    }

    keep() {
      const { author, text, others, key } = this;
      this.unkept = "";
      if (text === author && !others.length) kept.remove(key);
      else this.unkept = kept.write(key, this.record);
      if (this.unkept) {
        this.say(this.unkept);
        return;
      }
      this.others = kept.peek(key)?.others ?? []; // with what another tab has kept meanwhile
      if (this.others.length > others.length) this.offer();
    }

    // Another tab has kept something: shows it, or offers it where the reader is writing.
    hear() {
      const { text } = this;
      const isWriting = document.hasFocus() && this.editor?.area === document.activeElement;
      const found = kept.peek(this.key);
      const theirs = found?.text ?? this.author;
      if (theirs === text) {
        this.note(kept.read(this.key));
      } else if (isWriting || this.unkept) {
        this.others = [{ text: theirs, from: "tab" }, ...this.others];
        this.offer();
      } else {
        this.take(kept.read(this.key));
        this.say(FROM_TAB);
        if (!found) this.offerBack(text);
      }
    }

    offerBack(text) {
      this.choice.undo(IS_KEPT, "Bring mine back", () => {
        this.show(text);
        this.keep();
        this.offer();
      });
    }
  }

  Object.assign(convlib, { Written });
})();
