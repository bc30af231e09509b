// Where a reader sets pools, silences and swaps filters, moves the drawing and takes changes back, and
// where stands what they did. Knows no network.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, button, toggle } = globalThis.convlib;
  const SHIFTS = [
    ["←", "to the left", [0, -1]],
    ["↑", "up", [-1, 0]],
    ["↓", "down", [1, 0]],
    ["→", "to the right", [0, 1]],
  ];
  const POOLS = [
    ["max", "largest"],
    ["mean", "mean"],
    ["off", "off"],
  ];
  const HINT = "Here stands what a change does.";

  // Calls on.silence(), on.swap(other), on.pool(how), on.move(by), on.undo() and on.undoAll().
  class ChangePanel {
    constructor(hasPools, on) {
      this.pools = toggle("pooling", POOLS, on.pool);
      const shifts = SHIFTS.map(([sign, words, by]) =>
        button(sign, `move the drawing ${words}`, () => on.move(by)),
      );
      this.silence = make("button", { type: "button", onclick: on.silence });
      this.swap = make("select", {
        "aria-label": "swap this filter with",
        onchange: () => on.swap(Number(this.swap.value)),
      });
      this.filter = make("div", { class: "change-row" }, this.silence, this.swap);
      this.undo = [
        button("Undo", "Undo the last change", on.undo),
        button("Undo all", "Undo all changes", on.undoAll),
      ];
      this.effect = make("p", { class: "effect", "aria-live": "polite" });
      this.count = make("p", { class: "effect-count", role: "status" });
      const buttons = (...all) => make("span", { class: "buttons" }, ...all);
      const row = (title, control) =>
        make("div", { class: "change-row" }, make("span", {}, title), control);
      this.element = make(
        "div",
        { class: "changes" },
        this.filter,
        ...(hasPools ? [row("Pooling", this.pools.element)] : []),
        row("Move", buttons(...shifts)),
        buttons(...this.undo),
        this.effect,
        this.count,
      );
    }

    show({ pool, hasPast, effect }) {
      this.pools.show(pool);
      for (const each of this.undo) each.setAttribute("aria-disabled", String(!hasPast));
      setText(this.effect, effect || HINT);
    }

    // Shows the filter that the buttons change; none has no name.
    showFilter({ name, number, count, isSilent }) {
      this.filter.hidden = !name;
      setText(this.silence, `${isSilent ? "Wake" : "Silence"} ${name} ${number}`);
      const others = [...Array(count).keys()].filter((n) => n !== number);
      this.swap.replaceChildren(
        make("option", { value: "", disabled: "", selected: "" }, "Swap with …"),
        ...others.map((n) => make("option", {}, n)),
      );
    }

    showCount(text) {
      setText(this.count, text);
    }
  }

  Object.assign(globalThis.convlib, { ChangePanel });
})();
