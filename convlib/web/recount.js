// How many test digits a changed network still reads rightly. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { forward, best, edited } = globalThis.convlib;
  const SLICE = 8; // milliseconds in which digits are counted before the page may do something else

  // Counts what networks read rightly, a few digits at a time, so that the page stays free.
  class Count {
    start(layers, images, labels, done) {
      clearTimeout(this.timer);
      let [at, right] = [0, 0];
      const go = () => {
        const end = performance.now() + SLICE;
        while (at < images.length && performance.now() < end) {
          if (best(forward(layers, images[at]).at(-1).data) === labels[at]) right += 1;
          at += 1;
        }
        if (at < images.length) this.timer = setTimeout(go);
        else done(right);
      };
      this.timer = setTimeout(go, 120);
    }

    stop() {
      clearTimeout(this.timer);
    }
  }

  class Recount {
    // `book` is what readNetwork returns. Calls say(sentence).
    constructor({ stages, tested, images, labels }, say) {
      Object.assign(this, { stages, tested, say });
      if (tested) this.digits = [images.slice(0, tested), labels.slice(0, tested)];
      this.count = new Count();
      this.rights = {}; // stage -> how many the unchanged network reads
    }

    // Counts for a stage with edits, once; says nothing of a network without them.
    ask(stage, edits) {
      const { tested } = this;
      const asked = tested && edits.length ? JSON.stringify([stage, edits]) : "";
      if (asked === this.asked) return;
      this.asked = asked;
      this.count.stop();
      this.say(asked ? `Counting ${tested} test digits …` : "");
      if (!asked) return;
      const { layers } = this.stages[stage];
      this.count.start(edited(layers, edits), ...this.digits, (right) =>
        this.compare(stage, right),
      );
    }

    compare(stage, right) {
      const tell = (whole) => {
        this.rights[stage] = whole;
        this.say(`Of ${this.tested} test digits it now reads ${right} rightly; unchanged ${whole}.`);
      };
      if (this.rights[stage] !== undefined) tell(this.rights[stage]);
      else this.count.start(this.stages[stage].layers, ...this.digits, tell);
    }
  }

  Object.assign(globalThis.convlib, { Recount });
})();
