// Shows a bench in Jupyter: the state is shared with Python, and with every other view of the bench.
"use strict";
globalThis.convlib ??= {};
(() => {
  async function renderBench({ model, el }) {
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

  Object.assign(globalThis.convlib, { renderBench });
})();
