// What a network gets and what it reads: the picture, the shares as bars, and one sentence; and real
// digits to start from. Knows no network: numbers come from outside.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, paint, best, percent, answerText, SIDE } = globalThis.convlib;
  const UNSURE = 0.6; // a share below which the answer is shown in a quiet colour
  const BLANK =
    "Nothing is drawn yet. The bars show what the network makes of an empty picture.";

  // `more` stands below the picture that the network gets.
  class Answer {
    constructor(classes, more) {
      this.picture = make("canvas", { class: "gets-picture", role: "img" });
      this.size = make("span", { class: "gets-text" });
      this.gets = make(
        "div",
        { class: "gets" },
        make("div", { class: "head" }, "What it gets"),
        this.picture,
        this.size,
        ...more,
      );
      this.digit = make("b", { class: "reads-digit" });
      this.sentence = make("p", { class: "reads-sentence" });
      this.rows = Array.from({ length: classes }, (_, n) => {
        const bar = make("span", { class: "share-bar" });
        const number = make("span", { class: "share-number" });
        return { bar, number, row: make("li", { class: "share" }, make("b", {}, String(n)), bar, number) };
      });
      this.reads = make(
        "div",
        { class: "reads" },
        make("div", { class: "head" }, "What it reads"),
        this.digit,
        make("ul", { class: "reads-shares" }, ...this.rows.map(({ row }) => row)),
        this.sentence,
      );
    }

    showPicture({ shape, data }, colours) {
      paint(this.picture, shape.slice(-2), data, 0, 1, colours);
      this.picture.setAttribute("aria-label", `The picture that the network gets, ${shape.join("×")}`);
      setText(this.size, shape.slice(-2).join("×"));
    }

    // Returns the sentence that it shows.
    show(shares, isBlank) {
      const digit = best(shares);
      const says = isBlank ? BLANK : answerText([...shares]);
      setText(this.digit, isBlank ? "?" : String(digit));
      this.digit.classList.toggle("unsure", shares[digit] < UNSURE);
      setText(this.sentence, says);
      for (const [n, { row, bar, number }] of this.rows.entries()) {
        row.classList.toggle("best", n === digit);
        bar.style.setProperty("--share", shares[n]);
        setText(number, percent(shares[n]));
      }
      return says;
    }
  }

  // Buttons with real digits. `groups` are {title, digits: [{picture, says}]}; calls start(picture).
  class Starts {
    constructor(groups, start) {
      this.digits = groups.flatMap(({ digits }) =>
        digits.map((digit) => ({ ...digit, canvas: make("canvas", { "aria-hidden": "true" }) })),
      );
      const buttons = this.digits.map(({ picture, says, canvas }) =>
        make(
          "button",
          { type: "button", title: says, "aria-label": says, onclick: () => start(picture) },
          canvas,
        ),
      );
      const parts = groups.map(({ title, digits }) =>
        make(
          "div",
          { class: "starts-group", role: "group", "aria-label": title },
          make("span", {}, title),
          ...buttons.splice(0, digits.length),
        ),
      );
      this.element = make("div", { class: "starts" }, ...parts);
    }

    show(colours) {
      if (this.shown === colours.above) return;
      this.shown = colours.above;
      for (const { picture, canvas } of this.digits)
        paint(canvas, [SIDE, SIDE], picture.data, 0, 1, colours);
    }
  }

  Object.assign(globalThis.convlib, { Answer, Starts });
})();
