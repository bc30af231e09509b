// Fetches the scripts of a page's benches when the reader comes near one, or when the address holds
// one. A page that is opened as a file can have plain scripts only.
"use strict";
(() => {
  const { files } = globalThis.convlib;
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const fetched = new Set();

  function fetchScript(name) {
    if (fetched.has(name)) return;
    fetched.add(name);
    const script = document.createElement("script");
    script.async = false; // they run in the order in which they were asked for
    script.src = folder + files[name];
    document.head.append(script);
  }

  function fetchFor(bench) {
    fetchScript("shared");
    fetchScript(bench.dataset.bench);
  }

  const benches = [...document.querySelectorAll(".bench")];
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) fetchFor(target);
    },
    { rootMargin: "100%" },
  );
  for (const bench of benches) near.observe(bench);

  function fetchAddressed() {
    if (location.hash.startsWith("#bench")) benches.forEach(fetchFor);
  }
  addEventListener("hashchange", fetchAddressed);
  fetchAddressed();
})();
