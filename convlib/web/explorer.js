// Serves every explorer of the book: unpacks its frames and shows the one its controls ask for.
"use strict";

const { Pointing, nearest, inflated } = globalThis.convlib;
const PLAY_WAIT = 400; // milliseconds from one frame to the next while playing
const LETTER_WAIT = 12; // and for each letter of its sentence

// What has grown stays as high, so that the controls and the text below don't jump up and down.
function keepHeight(element) {
  element.style.minHeight = `${element.offsetHeight}px`;
}

class Slider {
  constructor(label, onInput) {
    this.name = label.dataset.name;
    [this.input, this.output] = label.querySelectorAll("input, output");
    this.input.addEventListener("input", () => onInput());
  }

  get value() {
    return this.choices ? this.choices[this.input.value] : undefined;
  }

  // Until the frames are there, the place that the reader has moved it to.
  get index() {
    return Number(this.input.value);
  }

  set(value, choices) {
    this.choices = choices;
    const index = choices.indexOf(value);
    this.input.max = choices.length - 1;
    this.input.value = index;
    const shown = String(value).replace(/^-/, "−");
    this.input.setAttribute("aria-valuetext", shown);
    this.output.value = shown;
  }
}

class Toggle {
  constructor(fieldset, onInput) {
    this.name = fieldset.dataset.name;
    this.inputs = [...fieldset.querySelectorAll("input")];
    fieldset.addEventListener("input", () => onInput());
  }

  get value() {
    return this.inputs.find((input) => input.checked).value;
  }

  get index() {
    return this.inputs.findIndex((input) => input.checked);
  }

  set(value, choices) {
    this.choices = choices;
    for (const input of this.inputs) {
      input.checked = input.value === value;
      input.disabled = !choices.includes(input.value);
    }
  }
}

class Explorer {
  constructor(element) {
    this.picture = element.querySelector(".picture");
    this.sentence = element.querySelector(".explorer-sentence");
    this.packed = element.querySelector(".explorer-frames");
    this.playButton = element.querySelector(".explorer-play");
    const moved = () => {
      this.pause();
      this.show();
    };
    this.controls = [...element.querySelectorAll(".control")].map(
      (control) => new (control.matches(".toggle") ? Toggle : Slider)(control, moved),
    );
    if (this.playButton) {
      this.playButton.addEventListener("click", () => (this.isPlaying ? this.pause() : this.start()));
      this.speed = element.querySelector(".explorer-speed select");
      element.querySelector(".explorer-step").addEventListener("click", async () => {
        this.pause();
        await this.load();
        this.advance();
      });
    }
    this.pointing = new Pointing(this.picture, {
      values: () => this.values(),
      settled: (wanted) => (this.data ? this.settle(wanted).values : this.values()),
      choose: (wanted) => this.choose(wanted),
    });
    const unpackNear = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        unpackNear.disconnect();
        this.load();
      }
    }, { rootMargin: "300px" });
    unpackNear.observe(element);
    for (const near of ["focusin", "pointerover"])
      element.addEventListener(near, () => this.load(), { once: true });
  }

  load() {
    this.loading ??= inflated(this.packed.textContent).json().then((data) => {
      this.data = data;
      this.picture.style.contentVisibility = "visible"; // else its height is the one it waits with
      this.show();
    });
    return this.loading;
  }

  // Walks down the nested states, one level a control. A value that is not possible there gives
  // way to the nearest.
  settle(wanted = {}) {
    let state = this.data.states;
    const [values, choices] = [{}, {}];
    for (const { name, value, index } of this.controls) {
      const [possible, children] = state;
      const asked = wanted[name] ?? value ?? possible[index];
      values[name] = nearest(asked, possible);
      choices[name] = possible;
      state = children[possible.indexOf(values[name])];
    }
    return { values, choices, frame: this.data.frames[state] };
  }

  // Shows the state that the controls stand at, or the one that is wanted: name -> value.
  show(wanted) {
    if (!this.data) {
      this.load();
      return;
    }
    const { values, choices, frame } = this.settle(wanted);
    for (const control of this.controls) control.set(values[control.name], choices[control.name]);
    const [sentence, markup] = frame;
    this.picture.innerHTML = markup.replace(/@(\d+)@/g, (_, number) => this.data.images[number]);
    this.picture.setAttribute("aria-label", sentence);
    for (const part of [this.picture, this.sentence]) keepHeight(part);
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
  }

  // Shows what the reader has pointed at.
  async choose(wanted) {
    this.pause();
    await this.load();
    const { values } = this.settle(wanted);
    if (this.controls.some(({ name, value }) => value !== values[name])) this.show(values);
  }

  values() {
    return Object.fromEntries(this.controls.map((control) => [control.name, control.value]));
  }

  // Moves the last playing control on by one; one that was at its end starts again and the one
  // before it moves. Stops playing where nothing is left to move.
  advance() {
    if (!this.data) {
      this.load();
      return;
    }
    const wanted = this.values();
    const playing = this.data.play.map((name) => this.controls.find((c) => c.name === name));
    const moving = playing.findLastIndex((c) => c.value !== c.choices.at(-1));
    for (const control of playing.slice(moving + 1)) [wanted[control.name]] = control.choices;
    if (moving >= 0) {
      const { name, value, choices } = playing[moving];
      wanted[name] = choices[choices.indexOf(value) + 1];
    }
    this.show(wanted);
    if (playing.every((c) => c.value === c.choices.at(-1))) this.pause();
  }

  start() {
    this.setPlaying(true);
    this.playOn();
  }

  playOn() {
    this.advance();
    const wait = PLAY_WAIT + LETTER_WAIT * this.sentence.textContent.length;
    if (this.isPlaying) this.timer = setTimeout(() => this.playOn(), wait / this.speed.value);
  }

  pause() {
    clearTimeout(this.timer);
    this.setPlaying(false);
  }

  // Sentences that follow each other faster than speech are not read out.
  setPlaying(isPlaying) {
    this.isPlaying = isPlaying;
    this.sentence.setAttribute("aria-live", isPlaying ? "off" : "polite");
    if (this.playButton) this.playButton.textContent = isPlaying ? "Pause" : "Play";
  }
}

// Radio buttons of one name belong together: give those of each explorer a name of their own.
document.querySelectorAll(".explorer").forEach((element, number) => {
  for (const input of element.querySelectorAll('input[type="radio"]')) {
    input.name += `-${number}`;
    input.checked = input.defaultChecked;
  }
  element.explorer = new Explorer(element);
});
