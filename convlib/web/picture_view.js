// One picture of a bench: its pixels, a frame around some of them, and which one the pointer or the
// keyboard is at. Knows no mathematics.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { make, setText } = globalThis.convlib;
  const LEAP = 10; // pixels that Page Up and Page Down go

  function share(n, of) {
    return `${(100 * n) / of}%`;
  }

  function clamped(part, n) {
    return Math.min(Math.max(Math.floor(part * n), 0), n - 1);
  }

  // Calls point(i, j) and leave() as a mouse passes, and choose(i, j) for the pixel that is pressed
  // or dragged to; a view that has `walk` is a stop of the keyboard and calls walk(rows, columns).
  class PictureView {
    constructor(name, on) {
      [this.name, this.on] = [name, on];
      this.title = make("div", { class: "bench-title" });
      this.canvas = make("canvas");
      this.frame = make("div", { class: "photo-frame" });
      this.box = make("div", { class: `bench-photo ${name}-photo` }, this.canvas, this.frame);
      this.box.setAttribute("role", on.walk ? "application" : "img");
      if (on.walk) {
        this.box.tabIndex = 0;
        this.box.setAttribute("aria-roledescription", "picture with a window");
      }
      this.element = make("div", { class: "bench-panel picture-panel" }, this.title, this.box);
      this.listen();
    }

    // Shows pixels, {shape, data}, of grey or of red, green and blue; `frame` is [row, column,
    // height, width] or null.
    show({ image, frame, label }) {
      const [height, width] = image.shape.slice(-2);
      if (image.data !== this.data) this.paint(image, height, width);
      setText(this.title, `${this.name} ${height}×${width}`);
      this.box.setAttribute("aria-label", label);
      this.frame.hidden = !frame;
      if (!frame) return;
      Object.assign(this.frame.style, {
        top: share(frame[0], height),
        left: share(frame[1], width),
        height: share(frame[2], height),
        width: share(frame[3], width),
      });
    }

    // What lies below 0 is black, what lies above 255 is white.
    paint({ shape, data }, height, width) {
      this.data = data;
      if (this.canvas.height !== height || this.canvas.width !== width) {
        Object.assign(this.canvas, { height, width });
        this.box.style.setProperty("--ratio", width / height);
      }
      const pixels = height * width;
      const rgba = new ImageData(width, height);
      const step = shape.length === 3 ? pixels : 0;
      for (let at = 0; at < pixels; at++) {
        rgba.data[4 * at] = data[at];
        rgba.data[4 * at + 1] = data[at + step];
        rgba.data[4 * at + 2] = data[at + 2 * step];
        rgba.data[4 * at + 3] = 255;
      }
      this.canvas.getContext("2d").putImageData(rgba, 0, 0);
    }

    // The pixel at a point of the screen, the nearest one if it is outside.
    pixel({ clientX, clientY }) {
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      return [
        clamped((clientY - top) / height, this.canvas.height),
        clamped((clientX - left) / width, this.canvas.width),
      ];
    }

    listen() {
      const { box } = this;
      box.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        if (event.pointerType !== "touch" || this.on.walk) this.isPressed = true;
        if (this.isPressed) box.setPointerCapture(event.pointerId);
        this.on.choose(...this.pixel(event));
        if (this.on.walk) box.focus({ preventScroll: true });
      });
      box.addEventListener("pointermove", (event) => {
        if (this.isPressed) this.on.choose(...this.pixel(event));
        else if (event.pointerType !== "touch") this.on.point(...this.pixel(event));
      });
      for (const end of ["pointerup", "pointercancel"]) {
        box.addEventListener(end, () => (this.isPressed = false));
      }
      box.addEventListener("pointerleave", () => this.on.leave());
      box.addEventListener("keydown", (event) => this.onKey(event));
    }

    onKey(event) {
      if (!this.on.walk || event.altKey) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const far = Math.max(this.canvas.height, this.canvas.width);
      const by = event.shiftKey ? LEAP : 1;
      const moved = {
        ArrowUp: [-by, 0],
        ArrowDown: [by, 0],
        ArrowLeft: [0, -by],
        ArrowRight: [0, by],
        PageUp: [-LEAP, 0],
        PageDown: [LEAP, 0],
        Home: [isCommand ? -far : 0, -far],
        End: [isCommand ? far : 0, far],
      }[event.key];
      if (!moved) return;
      this.on.walk(...moved);
      event.preventDefault();
    }
  }

  Object.assign(globalThis.convlib, { PictureView });
})();
