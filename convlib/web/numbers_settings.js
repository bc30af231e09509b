// The settings of a bench of numbers: stride, dilation, bias, padding and what pools are told.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { parseNumber, parseSetting, settingText, make, stepper, choice } = globalThis.convlib;

  const PADDINGS = [
    ["number", "number"],
    ["sides", "four sides"],
    ["same", "same"],
    ["valid", "valid"],
  ];
  const SIDES = ["top", "bottom", "left", "right"];

  class NumbersSettings {
    // `bench` is a NumbersState.
    constructor(bench) {
      this.bench = bench;
      this.stride = this.setting("stride");
      this.dilation = this.setting("dilation");
      this.bias = stepper("bias", {
        step: (by) => bench.edit({ bias: bench.state.bias + by }, "bias"),
        write: (text) => bench.attempt(() => bench.edit({ bias: parseNumber(text) }, "bias")),
      });
      this.ceil = this.flag("ceil_mode", "a last window may hang over");
      this.counted = this.flag("count_include_pad", "count the padding");
      this.element = make(
        "div",
        { class: "bench-settings" },
        this.stride.element,
        this.dilation.element,
        this.bias.element,
        this.buildPadding(),
        this.ceil.element,
        this.counted.element,
      );
    }

    setting(name) {
      return stepper(name, {
        step: (by) => this.bench.stepSetting(name, by),
        write: (text) => this.bench.writeSetting(name, text),
      });
    }

    buildPadding() {
      const { bench } = this;
      this.paddingKind = choice("padding", PADDINGS, (kind) => bench.setPadding(kind));
      this.padding = this.setting("padding");
      this.sides = SIDES.map((side, at) =>
        stepper(side, {
          step: (by) => bench.setSide(at, (Number(bench.state.padding.flat()[at]) || 0) + by),
          write: (text) => bench.setSide(at, parseSetting(text)),
        }),
      );
      this.sideFields = make(
        "span",
        { class: "bench-sides" },
        ...this.sides.map(({ element }) => element),
      );
      return make(
        "span",
        { class: "bench-padding" },
        this.paddingKind.element,
        this.padding.element,
        this.sideFields,
      );
    }

    flag(name, text) {
      const box = make("input", {
        type: "checkbox",
        onchange: () => this.bench.edit({ [name]: box.checked }),
      });
      return { box, element: make("label", { class: "flag" }, box, text) };
    }

    show(state) {
      const [height, width] = state.size;
      const usual = settingText(height === width ? height : state.size);
      this.stride.show(settingText(state.stride), state.pool ? usual : "");
      this.dilation.show(settingText(state.dilation));
      this.bias.show(settingText(state.bias));
      this.showPadding(state.padding);
      this.ceil.box.checked = state.ceil_mode;
      this.counted.box.checked = state.count_include_pad;
      this.bias.element.hidden = Boolean(state.pool);
      this.dilation.element.hidden = state.pool === "mean";
      this.ceil.element.hidden = !state.pool;
      this.counted.element.hidden = state.pool !== "mean";
    }

    showPadding(padding) {
      const isSides = Array.isArray(padding?.[0]);
      const isWord = ["same", "valid"].includes(padding);
      this.paddingKind.select.value = isSides ? "sides" : isWord ? padding : "number";
      if (isSides) padding.flat().forEach((value, at) => this.sides[at].show(settingText(value)));
      else if (!isWord) this.padding.show(settingText(padding));
      this.padding.element.hidden = isSides || isWord;
      this.sideFields.hidden = !isSides;
    }
  }

  Object.assign(globalThis.convlib, { NumbersSettings });
})();
