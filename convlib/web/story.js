// Whether layers are shown all together or one after the other, and what the frames over them mean.
// Knows no network.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, button, toggle } = globalThis.convlib;
  const WAYS = [
    [false, "All layers"],
    [true, "One after the other"],
  ];
  const LEGEND = [
    ["here", "the cell"],
    ["patch", "what it is made of"],
    ["field", "all it can see"],
    ["reach", "all a pixel reaches"],
  ];

  class Story {
    // Calls go(step): the number of the layer, from 1, or null for all of them.
    constructor(go) {
      this.ways = toggle("how the layers are shown", WAYS, (isStory) => go(isStory ? 1 : null));
      this.back = button("Back", "the layer before", () => go(this.step - 1));
      this.next = button("Next", "the next layer", () => go(this.step + 1));
      this.steps = make("span", { class: "buttons" }, this.back, this.next);
      const legend = LEGEND.map(([kind, text]) =>
        make("span", { class: "legend-part" }, make("i", { class: `key ${kind}` }), text),
      );
      this.element = make(
        "div",
        { class: "network-story" },
        this.ways.element,
        this.steps,
        make("span", { class: "legend" }, ...legend),
      );
    }

    show(step, last) {
      this.step = step;
      this.ways.show(step !== null);
      this.steps.hidden = step === null;
      this.back.disabled = step === 1;
      this.next.disabled = step === last;
    }
  }

  Object.assign(globalThis.convlib, { Story });
})();
