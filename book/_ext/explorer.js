// Serves every explorer of the book: unpacks its frames and shows the one its sliders ask for.
"use strict";

const PLAY_INTERVAL = 700; // milliseconds between two frames while playing

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

class Explorer {
  constructor(element) {
    this.picture = element.querySelector(".picture");
    this.sentence = element.querySelector(".explorer-sentence");
    this.sliders = [...element.querySelectorAll("input")];
    this.packed = element.querySelector(".explorer-frames");
    this.playButton = element.querySelector(".explorer-play");
    for (const slider of this.sliders) {
      slider.addEventListener("input", () => {
        this.pause();
        this.show();
      });
    }
    if (this.playButton) {
      this.playButton.addEventListener("click", () => (this.timer ? this.pause() : this.start()));
      element.querySelector(".explorer-step").addEventListener("click", async () => {
        this.pause();
        await this.load();
        this.advance();
      });
    }
    const unpackNear = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        unpackNear.disconnect();
        this.load();
      }
    }, { rootMargin: "300px" });
    unpackNear.observe(element);
    element.addEventListener("focusin", () => this.load(), { once: true });
  }

  load() {
    this.loading ??= unpack(this.packed.textContent).then((data) => {
      this.data = data;
      this.show();
    });
    return this.loading;
  }

  // Walks down the nested states, one level a slider, and keeps every slider in its range there.
  frame() {
    let state = this.data.states;
    for (const slider of this.sliders) {
      const [choices, children] = state;
      const index = Math.min(Number(slider.value), choices.length - 1);
      slider.max = choices.length - 1;
      slider.value = index;
      slider.setAttribute("aria-valuetext", choices[index]);
      slider.nextElementSibling.value = choices[index];
      state = children[index];
    }
    return this.data.frames[state];
  }

  show() {
    if (!this.data) {
      this.load();
      return;
    }
    const [sentence, markup] = this.frame();
    const shown = this.picture.firstElementChild;
    const parsed = document.createElement("div");
    parsed.innerHTML = markup.replace(/@(\d+)@/g, (_, number) => this.data.images[number]);
    const svg = parsed.firstElementChild;
    for (const name of ["width", "height"]) svg.setAttribute(name, shown.getAttribute(name));
    svg.setAttribute("aria-label", sentence);
    shown.replaceWith(svg);
    this.sentence.style.minHeight = `${this.sentence.offsetHeight}px`; // text below stays put
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
  }

  // Moves the last playing slider on by one; one that was at its end starts again and
  // the one before it moves. Stops playing where nothing is left to move.
  advance() {
    if (!this.data) {
      this.load();
      return;
    }
    const playing = this.data.play.map((name) => this.sliders.find((slider) => slider.name === name));
    const moving = playing.findLastIndex((slider) => slider.value !== slider.max);
    for (const slider of playing.slice(moving + 1)) slider.value = 0;
    if (moving >= 0) playing[moving].value = Number(playing[moving].value) + 1;
    this.show();
    if (playing.every((slider) => slider.value === slider.max)) this.pause();
  }

  start() {
    this.setPlaying(true);
    this.timer = setInterval(() => this.advance(), PLAY_INTERVAL);
    this.advance();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.setPlaying(false);
  }

  // Sentences that follow each other faster than speech are not read out.
  setPlaying(isPlaying) {
    this.sentence.setAttribute("aria-live", isPlaying ? "off" : "polite");
    if (this.playButton) this.playButton.textContent = isPlaying ? "Pause" : "Play";
  }
}

document.querySelectorAll(".explorer").forEach((element) => new Explorer(element));
