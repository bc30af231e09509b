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

  // A number with a button on either side: calls step(by), and write(text) while one types.
  function stepper(label, { step, write }) {
    let isTyping = false; // what is being typed is left as it is
    const move = (by) => {
      isTyping = false;
      step(by);
    };
    const value = write
      ? make("input", { "aria-label": label, autocomplete: "off", spellcheck: "false" })
      : make("output");
    if (write) {
      value.addEventListener("input", () => {
        isTyping = true;
        write(value.value);
      });
      value.addEventListener("blur", () => {
        isTyping = false;
        show(shown);
      });
      value.addEventListener("keydown", (event) => {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!by) return;
        move(by);
        event.preventDefault();
      });
    }
    let shown = "";
    const show = (text, placeholder = "") => {
      shown = text;
      if (write) value.placeholder = placeholder;
      if (isTyping || value.value === text) return;
      value.value = text;
      value.style.setProperty("--letters", Math.max(text.length, placeholder.length, 2));
    };
    const element = make(
      "span",
      { class: "stepper", role: "group", "aria-label": label },
      make("span", { class: "stepper-name", "aria-hidden": "true" }, label),
      button("−", `${label}: less`, () => move(-1)),
      value,
      button("+", `${label}: more`, () => move(1)),
    );
    return { element, show };
  }

  // A number that is dragged: calls slide(value) meanwhile, and release() in the end.
  function slider(label, { min, max, step }, { slide, release }) {
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
    const value = make("output", { "aria-hidden": "true" });
    // `which` says in full which number it is.
    const show = (number, text, which = label) => {
      if (Number(input.value) !== number) input.value = number;
      input.setAttribute("aria-valuetext", text);
      input.setAttribute("aria-label", which);
      setText(value, text);
    };
    const name = make("span", { class: "slider-name", "aria-hidden": "true" }, label);
    return { element: make("label", { class: "slider" }, name, input, value), show };
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
