// Where the reader brings a picture: chosen as a file, dropped on a bench, or pasted into it.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, readImage, make } = globalThis.convlib;

  function hasFile({ dataTransfer }) {
    return [...dataTransfer.types].includes("Files");
  }

  class OwnPicture {
    // `target` is what a picture can be dropped on. Calls on.take(image), or on.refuse(sentence).
    constructor(target, on) {
      this.on = on;
      this.file = make("input", {
        type: "file",
        accept: "image/*",
        "aria-label": "Choose a picture of your own",
        onchange: () => {
          this.open(this.file.files);
          this.file.value = "";
        },
      });
      this.element = make("label", { class: "file" }, this.file, "Your own picture…");
      this.listen(target);
    }

    listen(target) {
      target.addEventListener("dragover", (event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        target.classList.add("dropping");
      });
      for (const end of ["dragleave", "drop"]) {
        target.addEventListener(end, () => target.classList.remove("dropping"));
      }
      target.addEventListener("drop", (event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        this.open(event.dataTransfer.files);
      });
      target.addEventListener("paste", (event) => {
        const { files } = event.clipboardData;
        if (!files.length || event.defaultPrevented) return;
        event.preventDefault();
        this.open(files);
      });
    }

    // Of several pictures that are being read, the one that was asked for last is shown.
    async open(files) {
      const asked = (this.asked = {});
      try {
        const image = await readImage(files);
        if (asked === this.asked) this.on.take(image);
      } catch (mistake) {
        if (!(mistake instanceof Mistake)) throw mistake;
        if (asked === this.asked) this.on.refuse(mistake.message);
      }
    }
  }

  Object.assign(globalThis.convlib, { OwnPicture });
})();
