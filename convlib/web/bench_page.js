// Mounts the benches of a page, each on the picture that stood for it, and keeps what the reader
// makes of them in the page's address: #bench=1;x=…, a second one in bench2.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, benches } = globalThis.convlib;
  const ADDRESS_WAIT = 250; // milliseconds after an edit until the address shows it

  // Returns the benches that the address holds, by their names.
  function addressed() {
    const parts = unquoted(location.hash.slice(1))
      .split("&")
      .map((part) => part.split(/=(.*)/s));
    return new Map(
      parts.filter(([name]) => /^bench\d*$/.test(name)).map(([name, text]) => [name, text ?? ""]),
    );
  }

  function unquoted(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function addressWith(name, text) {
    const parts = addressed();
    if (text === null) parts.delete(name);
    else parts.set(name, text);
    return [...parts].map(([key, value]) => `${key}=${value}`).join("&");
  }

  async function mount(element, number) {
    const name = number ? `bench${number + 1}` : "bench";
    const first = element.dataset.state;
    const kind = benches[element.dataset.bench];
    // A link leads to what the page can show to anybody.
    const link = () => {
      const text = kind.problem(bench.told, bench) ? null : bench.told;
      return `${location.href.split("#")[0]}#${addressWith(name, text)}`;
    };
    let timer;
    const change = (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (kind.problem(text, bench)) return;
        const hash = addressWith(name, text === first ? null : text);
        if (hash || location.hash.startsWith("#bench"))
          history.replaceState(history.state, "", `#${hash}`);
      }, ADDRESS_WAIT);
    };
    const given = JSON.parse(element.dataset.given);
    const bench = await kind.make(element, { text: first, first, given, on: { change, link } });
    const load = () => {
      const asked = addressed().get(name);
      if (asked === undefined) return;
      const problem = loadChecked(kind, bench, asked);
      if (problem)
        bench.refuse(
          `The address holds no bench that can be shown: ${problem}. This is the bench of the page.`,
        );
      element.scrollIntoView({ block: "nearest" });
    };
    load();
    addEventListener("hashchange", load);
    element.bench = bench;
  }

  // Loads a state only if it can be shown in full; tells what is wrong with it.
  function loadChecked(kind, bench, text) {
    try {
      const problem = kind.problem(text, bench);
      if (!problem) bench.load(text);
      return problem;
    } catch (mistake) {
      return mistake instanceof Mistake ? mistake.message : "it cannot be read";
    }
  }

  // Benches are counted through, whatever their kind.
  function mountBenches(kind) {
    for (const [number, element] of document.querySelectorAll(".bench[data-bench]").entries()) {
      if (element.dataset.bench === kind) mount(element, number);
    }
  }

  Object.assign(globalThis.convlib, { mountBenches });
})();
