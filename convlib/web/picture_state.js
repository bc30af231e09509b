// The state of a bench of pictures: its picture, the kernel or the three weights, strength and
// bias. Knows no page: whoever extends it draws.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { RowsState, UNSEEN, encodePicture, decodePicture, checkWeights } = globalThis.convlib;

  function sameImage(one, other) {
    return (
      one === other ||
      (String(one.shape) === String(other.shape) &&
        one.data.every((value, at) => value === other.data[at]))
    );
  }

  // Python and the views in Jupyter share a picture as {shape, pixels}.
  function fromShared({ shape, pixels }) {
    return { shape, data: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength) };
  }

  function toShared({ shape, data }) {
    return { shape, pixels: new DataView(data.buffer, data.byteOffset, data.byteLength) };
  }

  // Pictures are {shape, data}: bytes, all of grey, or all of red, then green, then blue. One that
  // the reader brought has `isOwn`, and what is said about it in `says`.
  class PictureState extends RowsState {
    constructor({ text, first, firstImage, picture, on }) {
      super({ encode: encodePicture, decode: decodePicture }, text, first, on);
      this.firstImage = firstImage;
      this.toldImage = picture ? fromShared(picture) : firstImage;
      this.state = { ...UNSEEN, ...this.state, image: this.toldImage };
    }

    isSame(one, other) {
      return super.isSame(one, other) && sameImage(one.image, other.image);
    }

    get isFirstImage() {
      return sameImage(this.state.image, this.firstImage);
    }

    get isFirst() {
      return super.isFirst && this.isFirstImage;
    }

    // Takes over what an address, another view or Python has set; a picture of before stays as it is.
    load(text, picture) {
      const shared = picture ? fromShared(picture) : this.state.image;
      const image = sameImage(shared, this.state.image) ? this.state.image : shared;
      if (text === this.told && image === this.state.image) return;
      this.toldImage = image;
      this.edit({ ...this.decode(text), image });
    }

    reset() {
      this.edit({ ...this.decode(this.first), image: this.firstImage });
    }

    tell() {
      const text = this.encode(this.state);
      const { image } = this.state;
      const isNewImage = image !== this.toldImage;
      if (text === this.told && !isNewImage) return;
      [this.told, this.toldImage] = [text, image];
      this.on.change(text, isNewImage ? toShared(image) : undefined);
    }

    // A picture in grey has no colours to weigh.
    setImage(image) {
      this.edit({ image, isColour: this.state.isColour && image.shape.length === 3 });
    }

    checkRows(name, rows) {
      checkWeights(name, rows);
    }
  }

  Object.assign(globalThis.convlib, { PictureState });
})();
