// The buttons that take something along: its Python, copied; its link.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, button } = globalThis.convlib;

  // The buttons that copy a bench; `show(lines)` keeps the Python that is copied.
  function benchCopies(bench) {
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
    // Pressed again, it puts the code away.
    const copyPython = () => {
      code.hidden = !code.hidden;
      if (code.hidden) setText(copied, "");
      else copy(code.textContent);
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

  Object.assign(globalThis.convlib, { benchCopies });
})();
