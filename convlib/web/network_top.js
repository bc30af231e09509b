// What stands above the layers of a network: the pad, what the network gets and reads, and real digits
// to start from.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, Pad, Answer, Starts, SIDE } = globalThis.convlib;
  const FIRST = 7; // the book's sample that is drawn first

  class NetworkTop {
    // `classes` is 0 where nothing is read. Calls on.change() and on.say(text), as a Pad does.
    constructor(book, classes, on) {
      const canDraw = String(book.shape) === String([1, SIDE, SIDE]);
      this.pad = canDraw ? new Pad(on) : null;
      this.answer = new Answer(classes, canDraw ? [this.buildFlag(on)] : []);
      const parts = [
        ...(canDraw ? [this.buildPad()] : []),
        this.answer.gets,
        ...(classes ? [this.answer.reads] : []),
      ];
      this.elements = [make("div", { class: "network-top" }, ...parts)];
      if (book.samples && canDraw) this.elements.push(this.buildStarts(book));
    }

    buildPad() {
      return make(
        "div",
        { class: "pad-column" },
        make("div", { class: "head" }, "Draw a digit"),
        this.pad.surface,
        this.pad.tools,
      );
    }

    // The box that says whether drawings are normalised.
    buildFlag(on) {
      const box = make("input", {
        type: "checkbox",
        checked: "",
        onchange: () => {
          this.pad.isNormal = box.checked;
          on.change();
        },
      });
      return make("label", { class: "flag" }, box, "cropped, scaled, centred");
    }

    buildStarts({ samples, wrong, images, labels, reads }) {
      const digit = (n) => {
        const wrongly = reads[n] === labels[n] ? "" : `, read as ${reads[n]}`;
        return { picture: images[n], says: `a real ${labels[n]}${wrongly}` };
      };
      const groups = [
        { title: "Or take a real one:", digits: samples.map(digit) },
        { title: "These it gets wrong:", digits: wrong.map(digit) },
      ];
      this.starts = new Starts(groups, (picture) => this.pad.lay(picture));
      return this.starts.element;
    }

    // Lays the first picture on the pad, where it can't be taken off by Undo.
    start(image, { images, samples }) {
      this.pad?.restore({ base: image ?? images[samples?.[FIRST]] ?? null, strokes: [] });
    }

    show(picture, colours) {
      this.pad?.show(colours);
      this.answer.showPicture(picture, colours);
      this.starts?.show(colours);
    }

    // Returns the sentence that it shows.
    showAnswer(picture, shares) {
      return this.answer.show(
        shares,
        picture.data.every((value) => value === 0),
      );
    }
  }

  Object.assign(globalThis.convlib, { NetworkTop });
})();
