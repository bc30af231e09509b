// Mounts the views of networks of a page when the reader comes near; only then are weights loaded.
"use strict";
(() => {
  const { NetworkView, readNetwork, bytesOf } = globalThis.convlib;
  const NEAR = "600px"; // below the screen
  const BOOK = new URL("book_network.js", document.currentScript.src).href;
  let waiting;

  // The data of the book is a script beside this one, which also a page opened as a file can load.
  function bookData() {
    waiting ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = BOOK;
      script.addEventListener("load", () => resolve(globalThis.convlib.bookNetwork));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return waiting;
  }

  function picture(text, shape) {
    if (!text) return null;
    return { shape, data: new Float32Array(bytesOf(text).buffer) };
  }

  async function mount(element) {
    const own = element.querySelector("script");
    const packed = own ? own.textContent : await bookData();
    const book = await readNetwork(packed);
    const image = picture(element.dataset.image, book.shape);
    return new NetworkView(element, book, { image, isBook: !own, glossary: "glossary.html" });
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        mount(target);
      }
    },
    { rootMargin: NEAR },
  );
  document.querySelectorAll(".bench.network").forEach((each) => near.observe(each));
})();
