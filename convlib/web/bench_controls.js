// What every bench has around its pictures: undo, redo, reset; panels with a title; what it says.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, button } = globalThis.convlib;

  // The buttons that go back and forth in what a BenchState has been.
  function benchHistory(bench) {
    const buttons = {
      undo: button("Undo", "Undo", () => bench.undo()),
      redo: button("Redo", "Redo", () => bench.redo()),
      reset: button("Reset", "Reset", () => bench.reset()),
    };
    const show = () => {
      const idle = {
        undo: !bench.past.length,
        redo: !bench.future.length,
        reset: bench.isFirst,
      };
      for (const [name, element] of Object.entries(buttons))
        element.setAttribute("aria-disabled", String(idle[name]));
    };
    return { element: make("span", { class: "buttons" }, ...Object.values(buttons)), show };
  }

  // Ctrl+Z and Ctrl+Y, where no field has keys of its own for them.
  function listenToHistory(element, bench) {
    element.addEventListener("keydown", (event) => {
      const isField = event.target.matches("input:not([type=range]), select, textarea");
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isField) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) bench.undo();
      else if (key === "y" || key === "z") bench.redo();
      else return;
      event.preventDefault();
    });
  }

  function benchPanel(name, ...children) {
    const title = make("div", { class: "bench-title" });
    const element = make("div", { class: `bench-panel ${name}-panel` }, title, ...children);
    return { element, title };
  }

  // A whole number that is dragged: calls slide(value).
  function benchCounter(name, range, slide) {
    const input = make("input", {
      type: "range",
      ...range,
      "aria-label": name,
      oninput: () => slide(Number(input.value)),
    });
    const output = make("output", {}, "");
    const element = make("label", { class: "bench-slider" }, make("span", {}, name), input, output);
    return { element, input, output };
  }

  // ---------------------------------------------------------------- words

  // The sentence below the pictures: what they show, or why they show nothing.
  function benchSentence() {
    const element = make("p", { class: "bench-sentence", "aria-live": "polite" });
    const show = (text, isError = false) => {
      setText(element, text);
      element.classList.toggle("refused", isError);
    };
    return { element, show };
  }

  // What is said beside the pictures. What was refused is said in place of any other note.
  function benchNote(bench) {
    const element = make("p", { class: "bench-note", "aria-live": "polite" });
    const show = (text) => {
      setText(element, bench.refusal || text);
      element.classList.toggle("refused", Boolean(bench.refusal));
    };
    return { element, show };
  }

  // ---------------------------------------------------------------- the whole

  // Puts a bench in the place of the picture that stood for it.
  function showBench(bench, label, ...parts) {
    const { element } = bench;
    element.classList.add("bench", "mounted");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", label);
    listenToHistory(element, bench);
    // Else the browser drags away what happens to be selected, and no stroke comes through.
    element.addEventListener("dragstart", (event) => event.preventDefault());
    element.replaceChildren(...parts);
  }

  Object.assign(globalThis.convlib, {
    benches: {}, // kind -> {make(element, {text, first, given, on}), problem(text)}
    benchHistory,
    benchPanel,
    benchCounter,
    benchSentence,
    benchNote,
    showBench,
  });
})();
