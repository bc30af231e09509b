// Gives every cell of a page its buttons. What runs it is fetched when one is pressed.
"use strict";
(() => {
  const { src, dataset } = document.currentScript;
  const address = (path) => new URL(path, src).href;
  const settings = {
    worker: address("python/python_worker.js"),
    library: address("python/convlib.bin"),
    pyodide: address(dataset.pyodide),
    explorer: address("explorer.js"),
    page: dataset.page,
    data: Object.fromEntries(
      dataset.files.split(" ").map((path) => [path, address(`python/${path}`)]),
    ),
  };
  const loaded = new Map();
  const bars = [...document.querySelectorAll(".run-bar")];
  const boxes = [...document.querySelectorAll(".your-turn")];
  const keptHere = `patch-by-patch:${dataset.page}:`;

  function load(url) {
    if (!loaded.has(url)) {
      const loading = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => reject(new Error(`${url} could not be fetched`)));
        document.head.append(script);
      });
      loading.catch(() => loaded.delete(url));
      loaded.set(url, loading);
    }
    return loaded.get(url);
  }

  async function page() {
    await load(address("python/run.js"));
    globalThis.convlib.page ??= new globalThis.convlib.Page(bars, boxes, settings, load);
    return globalThis.convlib.page;
  }

  function button(text, press) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text, className: `run-${text.toLowerCase()}` });
    made.addEventListener("click", press);
    return made;
  }

  // Returns what lets a cell, or a function that the reader writes, do what a button says.
  function presser(says, find) {
    return async (action) => {
      try {
        await find(await page())[action]();
      } catch (error) {
        says.textContent = `${error.message}. Try again.`;
      }
    };
  }

  function mount(bar, number) {
    const input = bar.parentElement.querySelector(".cell_input");
    if (!input) return; // the page shows the cell's output alone
    const says = document.createElement("output");
    const press = presser(says, ({ cells }) => cells[number]);
    bar.append(button("Run", () => press("run")), button("Edit", () => press("edit")), says);
    input.append(bar);
    bar.hidden = false;
  }

  function mountTurn(box, number) {
    const press = presser(box.querySelector("output"), ({ turns }) => turns[number]);
    box.addEventListener("focusin", () => page().catch(() => {}), { once: true });
    for (const made of box.querySelectorAll(".turn-bar button")) {
      made.addEventListener("click", () => press(made.value));
    }
    box.hidden = false;
  }

  function hasKept() {
    try {
      return Object.keys(localStorage).some((key) => key.startsWith(keptHere));
    } catch {
      return false; // a browser that keeps nothing
    }
  }

  bars.forEach(mount);
  boxes.forEach(mountTurn);
  const show = () => page().catch(() => {}); // pressing a button tells what is wrong
  if (hasKept()) show();
  addEventListener("storage", ({ key }) => key?.startsWith(keptHere) && show());
})();
