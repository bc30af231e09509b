// A slider over the stages of a training, with the curve of the loss. Knows no network.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText, numberText } = globalThis.convlib;
  const [WIDE, HIGH] = [300, 60];
  const SVG = "http://www.w3.org/2000/svg";

  class Training {
    // `stages` are {name, step, right}; calls move(number).
    constructor({ stages, curve }, move) {
      this.stages = stages;
      this.last = stages.at(-1).step;
      this.slider = make("input", {
        type: "range",
        max: stages.length - 1,
        autocomplete: "off",
        "aria-label": "stage of the training",
        oninput: () => move(Number(this.slider.value)),
      });
      this.name = make("output", { class: "training-name" });
      this.mark = make("i", { class: "training-mark" });
      const says = `loss: ${numberText(curve[0])} falls to ${numberText(curve.at(-1))}`;
      this.element = make(
        "section",
        { class: "training" },
        make("label", { class: "training-slider" }, "Training", this.slider),
        this.name,
        make(
          "div",
          { class: "training-curve" },
          make("span", { class: "training-top" }, says),
          curvePicture(curve),
          this.mark,
          make("span", { class: "training-start" }, "start"),
          make("span", { class: "training-end" }, `${this.last} batches`),
        ),
      );
    }

    show(number) {
      const { name, step, right } = this.stages[number];
      this.slider.value = String(number);
      this.slider.setAttribute("aria-valuetext", name);
      setText(this.name, `${name}: ${right} of 1,000 test digits right`);
      this.mark.style.setProperty("--along", step / this.last);
    }
  }

  function curvePicture(curve) {
    const most = Math.max(...curve);
    const svg = document.createElementNS(SVG, "svg");
    const line = document.createElementNS(SVG, "polyline");
    const points = curve.map((loss, n) => {
      const x = ((n + 0.5) / curve.length) * WIDE;
      return `${x.toFixed(1)},${(HIGH * (1 - loss / most)).toFixed(1)}`;
    });
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
    svg.setAttribute("preserveAspectRatio", "none");
    line.setAttribute("points", points.join(" "));
    svg.append(line);
    return svg;
  }

  Object.assign(globalThis.convlib, { Training });
})();
