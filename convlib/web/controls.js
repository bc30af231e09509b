// Elements of a page, and the native controls that stand beside pictures. Knows no bench.
"use strict";
globalThis.convlib ??= {};
(() => {
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function button(text, label, onClick, className = "") {
    return make(
      "button",
      { type: "button", class: className, "aria-label": label, onclick: onClick },
      text,
    );
  }

  // A number that can be typed: calls write(text) at every letter, and leaves what is being typed
  // as it is until `settle` or until the focus leaves.
  function field(label, write) {
    let isTyping = false;
    let shown = "";
    const settle = () => (isTyping = false);
    const element = make("input", {
      "aria-label": label,
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => {
        isTyping = true;
        write(element.value);
      },
      onblur: () => {
        settle();
        show(shown);
      },
    });
    const show = (text, placeholder = "") => {
      shown = text;
      element.placeholder = placeholder;
      if (isTyping || element.value === text) return;
      element.value = text;
      element.style.setProperty("--letters", Math.max(text.length, placeholder.length, 2));
    };
    return { element, show, settle };
  }

  // A number that is only shown.
  function readout() {
    const element = make("output");
    const show = (text) => {
      setText(element, text);
      element.style.setProperty("--letters", Math.max(text.length, 2));
    };
    return { element, show, settle() {} };
  }

  // A number with a button on either side: calls step(by), and write(text) while one types.
  function stepper(label, { step, write }) {
    const value = write ? field(label, write) : readout();
    const move = (by) => {
      value.settle();
      step(by);
    };
    value.element.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      move(by);
      event.preventDefault();
    });
    const element = make(
      "span",
      { class: "stepper", role: "group", "aria-label": label },
      make("span", { class: "stepper-name", "aria-hidden": "true" }, label),
      button("−", `${label}: less`, () => move(-1)),
      value.element,
      button("+", `${label}: more`, () => move(1)),
    );
    return { element, show: value.show };
  }

  // A number that is dragged: calls slide(value) meanwhile, write(text) while one types it beside
  // the slider, and release() in the end.
  function slider(label, { min, max, step }, { slide, write, release }) {
    const input = make("input", {
      type: "range",
      min,
      max,
      step,
      "aria-label": label,
      autocomplete: "off",
      oninput: () => slide(Number(input.value)),
      onchange: release,
    });
    const value = write ? field(`${label} in digits`, write) : readout();
    value.element.addEventListener("change", release);
    // `which` says in full which number it is.
    const show = (number, text, which = label) => {
      if (Number(input.value) !== number) input.value = number;
      input.setAttribute("aria-valuetext", text);
      input.setAttribute("aria-label", which);
      value.show(text);
    };
    const name = make("span", { class: "slider-name", "aria-hidden": "true" }, label);
    return { element: make("label", { class: "slider" }, name, input, value.element), show };
  }

  // One of several words: calls choose(word).
  function choice(label, words, choose) {
    const select = make("select", { "aria-label": label, onchange: () => choose(select.value) });
    select.append(...words.map(([value, text]) => make("option", { value }, text)));
    return {
      element: make(
        "label",
        { class: "choice" },
        make("span", { "aria-hidden": "true" }, label),
        select,
      ),
      select,
    };
  }

  // Buttons of which one is pressed: calls choose(value).
  function toggle(label, words, choose) {
    const buttons = words.map(([value, text]) =>
      make("button", { type: "button", onclick: () => choose(value) }, text),
    );
    const element = make(
      "span",
      { class: "pressed", role: "group", "aria-label": label },
      ...buttons,
    );
    const show = (value) => {
      for (const [at, [word]] of words.entries())
        buttons[at].setAttribute("aria-pressed", String(word === value));
    };
    return { element, show };
  }

  Object.assign(globalThis.convlib, { make, setText, button, stepper, slider, choice, toggle });
})();
