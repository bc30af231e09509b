// What every bench has around its pictures: undo, redo, reset; its Python, copied; its link.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, button } = globalThis.convlib;

  // The buttons that go back and forth in what a BenchState has been.
  function history(bench) {
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

  // The buttons that copy the bench; `show(lines)` keeps the Python that is copied.
  function copies(bench) {
    const code = make("pre", {
      class: "bench-code",
      tabindex: "0",
      role: "region",
      "aria-label": "Python",
      hidden: "",
    });
    const copied = make("span", { role: "status" });
    const copy = async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        setText(copied, "Copied");
      } catch {
        code.hidden = false;
        setText(copied, "Your browser does not let a page copy; select the lines below");
      }
    };
    const copyPython = () => {
      code.hidden = false;
      copy(code.textContent);
    };
    const buttons = [button("Copy as Python", "Copy as Python", copyPython)];
    if (bench.on.link) buttons.push(button("Copy link", "Copy link", () => copy(bench.on.link())));
    const element = make(
      "div",
      { class: "bench-foot" },
      make("span", { class: "buttons" }, ...buttons, copied),
      code,
    );
    return { element, show: (lines) => setText(code, lines) };
  }

  // In Jupyter: the state is shared with Python, and with every other view of the bench.
  async function render({ model, el }) {
    let isTelling = false; // a view that tells something new is not told half of it
    const change = (text, picture) => {
      isTelling = true;
      model.set("state", text);
      if (picture) model.set("picture", picture);
      isTelling = false;
      model.save_changes();
    };
    const bench = await globalThis.convlib.benches[model.get("kind")].make(el, {
      text: model.get("state"),
      first: model.get("first"),
      given: model.get("given"),
      picture: model.get("picture"),
      on: { change },
    });
    // JupyterLab looks for this attribute on whatever has the focus, and leaves its keys alone.
    el.addEventListener("focusin", ({ target }) =>
      target.setAttribute("data-lm-suppress-shortcuts", "true"),
    );
    const load = () => isTelling || bench.load(model.get("state"), model.get("picture"));
    for (const name of ["change:state", "change:picture"]) model.on(name, load);
    return () => {
      for (const name of ["change:state", "change:picture"]) model.off(name, load);
    };
  }

  Object.assign(globalThis.convlib, {
    benches: {}, // kind -> {make(element, {text, first, given, on}), problem(text)}
    benchHistory: history,
    listenToHistory,
    benchCopies: copies,
    renderBench: render,
  });
})();
