// Puts into a page what its Python has drawn: only shapes, words and controls of the book's own.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const TAGS = new Set(
    ("div span p label input output fieldset legend button script svg g path rect circle ellipse" +
      " select option line polyline polygon text tspan title image defs marker clippath").split(" "),
  );
  const INERT = /^(?:aria-|data-)|^(?:class|role|type|name|value|min|max|step|checked|selected|disabled|for)$/;
  const SHAPE =
    /^(?:d|x|y|[xy][12]|[cr][xy]?|dx|dy|width|height|points|viewBox|transform|fill|stroke|font-.*|text-anchor|stroke-.*|fill-.*|opacity|preserveAspectRatio|autocomplete|paint-order|dominant-baseline)$/;
  const PIXELS = /^data:image\/(?:png|webp);base64,[\w+/=]+$/;

  function isHarmless(name, value) {
    if (name === "href") return PIXELS.test(value);
    if (name === "style") return !/url|image|@|\\/i.test(value);
    return (INERT.test(name) || SHAPE.test(name)) && !/url\(/i.test(value);
  }

  // Reads markup without running it, drops whatever could do more than show, and returns the rest.
  function harmless(markup) {
    const { body } = new DOMParser().parseFromString(markup, "text/html");
    for (const element of body.querySelectorAll("*")) {
      const isFrames = element.matches('script[type="text/plain"].explorer-frames');
      const tag = element.localName.toLowerCase();
      if (!TAGS.has(tag) || (tag === "script" && !isFrames)) {
        element.remove();
        continue;
      }
      for (const { name, value } of Array.from(element.attributes)) {
        if (!isHarmless(name, value)) element.removeAttribute(name);
      }
    }
    return document.importNode(body, true).childNodes;
  }

  // An explorer whose frames the page's Python draws when they are asked for.
  function live(element, ask) {
    class Live extends Explorer {
      constructor() {
        super(element);
        this.drawn = new Map();
      }

      settle(wanted) {
        const settled = super.settle(wanted);
        const frame = settled.frame ?? this.drawn.get(JSON.stringify(settled.values));
        return { ...settled, frame };
      }

      show(wanted) {
        if (!this.data) {
          this.load();
          return;
        }
        const { values, choices, frame } = this.settle(wanted);
        if (frame) {
          super.show(values);
          return;
        }
        for (const control of this.controls) control.set(values[control.name], choices[control.name]);
        this.draw(values);
      }

      async draw(values) {
        try {
          const [sentence, markup] = await ask({ ask: "frame", key: element.dataset.key, values });
          const holder = document.createElement("div");
          holder.append(...harmless(markup));
          this.drawn.set(JSON.stringify(values), [sentence, holder.innerHTML]);
          this.show();
        } catch {
          this.sentence.textContent = "To move this, run the cell again: its Python has stopped.";
        }
      }
    }
    for (const input of element.querySelectorAll('input[type="radio"]')) {
      input.name += `-run-${element.dataset.key}`;
    }
    element.explorer = new Live();
  }

  // A bench works by itself, where its script stands on the page.
  function bench(element) {
    const { bench: name, state: text, given } = element.dataset;
    const kind = convlib.benches?.[name];
    if (!kind) return;
    const on = { change() {}, link: () => location.href };
    element.bench = kind.make(element, { text, first: text, given: JSON.parse(given), on });
  }

  // Returns a drawing as an element that stands in the page and moves.
  async function drawing(markup, ask, loadExplorer) {
    const holder = document.createElement("div");
    holder.append(...harmless(markup));
    const element = holder.firstElementChild;
    if (element.matches(".explorer")) {
      await loadExplorer();
      return { element, mount: () => live(element, ask) };
    }
    return { element, mount: () => element.matches(".bench") && bench(element) };
  }

  Object.assign(convlib, { drawing });
})();
