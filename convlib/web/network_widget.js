// Shows a network in Jupyter: the picture that it gets is shared with Python.
"use strict";
(() => {
  const { NetworkView, readNetwork, make } = globalThis.convlib;
  const WAIT = 200; // milliseconds after a stroke until Python is told the picture

  function picture(bytes, shape) {
    const { buffer, byteOffset, byteLength } = bytes;
    return { shape, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) };
  }

  function isSame(one, other) {
    return one.data.every((value, at) => value === other.data[at]);
  }

  async function renderNetwork({ model, el }) {
    const element = make("div", { class: "bench network" });
    el.append(element);
    // JupyterLab looks for this attribute on whatever has the focus, and leaves its keys alone.
    el.addEventListener("focusin", ({ target }) =>
      target.setAttribute("data-lm-suppress-shortcuts", "true"),
    );
    const book = await readNetwork(model.get("packed"));
    const given = () => picture(model.get("image"), book.shape);
    let timer, sent;
    const change = ({ data }) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isSame({ data }, given())) return;
        sent = { data: data.slice() };
        model.set("image", new DataView(sent.data.buffer));
        model.save_changes();
      }, WAIT);
    };
    const options = { image: given(), isBook: Boolean(book.curve), on: { change } };
    const view = new NetworkView(element, book, options);
    await view.ready;
    // The kernel's echo of what was sent may come when more has been drawn, which stays.
    const load = () => {
      if (isSame(view.picture, given()) || (sent && isSame(sent, given()))) return;
      sent = undefined;
      view.load(given());
    };
    load(); // what Python set meanwhile
    model.on("change:image", load);
    return () => model.off("change:image", load);
  }

  Object.assign(globalThis.convlib, { renderNetwork });
})();
