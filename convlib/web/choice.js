// Offers a second text of a cell beside the one that is shown; none goes before the reader says so.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const SENTENCES = {
    book: "The book's text has changed since you wrote yours, which is shown.",
    tab: "Another tab has changed this cell, too.",
    file: "The file that you took in has another text for this cell.",
    you: "The text that you wrote before is kept beside this one.",
  };
  const SHOW = { book: "Show the book's", you: "Show mine" };
  const KEEP = { book: "Keep mine" };

  function button(text, press) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text });
    made.addEventListener("click", press);
    return made;
  }

  class Choice {
    // `show` puts the other text in the place of the shown one, `keep` drops the other.
    constructor(bar, { show, keep }) {
      this.bar = bar;
      this.on = { show, keep };
    }

    // Says a sentence beside buttons, or nothing at all.
    ask(sentence, ...buttons) {
      if (!this.element) {
        this.element = document.createElement("div");
        this.element.className = "run-choice";
        this.element.setAttribute("role", "group");
        this.element.setAttribute("aria-label", "Two texts");
        this.bar.after(this.element);
      }
      const says = document.createElement("output");
      this.element.replaceChildren(says, ...buttons);
      says.textContent = sentence;
      this.element.hidden = false;
    }

    offer({ from }) {
      this.ask(
        SENTENCES[from] ?? SENTENCES.you,
        button(SHOW[from] ?? "Show the other", this.on.show),
        button(KEEP[from] ?? "Keep only this", this.on.keep),
      );
    }

    // Offers to take back what has just been done.
    undo(sentence, label, press) {
      this.ask(sentence, button(label, press));
    }

    clear() {
      if (this.element) this.element.hidden = true;
    }
  }

  Object.assign(convlib, { Choice });
})();
