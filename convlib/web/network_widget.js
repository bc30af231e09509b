// Shows a network in Jupyter: the picture that it gets is shared with Python.
"use strict";
(() => {
  const { NetworkView, readNetwork, make } = globalThis.convlib;
  const WAIT = 200; // milliseconds after a stroke until Python is told the picture

  function picture(view, shape) {
    if (!view?.byteLength) return null;
    const bytes = new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    return { shape, data: new Float32Array(bytes.buffer) };
  }

  async function renderNetwork({ model, el }) {
    const element = make("div", { class: "bench network" });
    el.append(element);
    const book = await readNetwork(model.get("packed"));
    let [timer, isOwn] = [0, false];
    const change = ({ data }) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isOwn = true;
        model.set("image", new DataView(data.slice().buffer));
        model.save_changes();
        isOwn = false;
      }, WAIT);
    };
    const view = new NetworkView(element, book, {
      image: picture(model.get("image"), book.shape),
      isBook: Boolean(book.curve),
      on: { change },
    });
    const load = () => isOwn || view.load(picture(model.get("image"), book.shape));
    model.on("change:image", load);
    return () => model.off("change:image", load);
  }

  Object.assign(globalThis.convlib, { renderNetwork });
})();
