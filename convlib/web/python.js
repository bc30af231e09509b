// A page's side of the Python in its worker: started when first asked, stopped at once.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});

  class Stopped extends Error {}
  class NotStarted extends Error {}

  // A worker of a blob keeps to its page's policy; of a file, to none but what the host sends.
  function asOwn(address) {
    const script = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
    return URL.createObjectURL(script);
  }

  class Python {
    // `settings` names the addresses: worker, pyodide, library, data.
    constructor(settings) {
      this.settings = settings;
      this.open = new Map();
      this.count = 0;
    }

    // Sends a message and returns its answer; `tell(kind, content)` hears what comes before it.
    async ask(message, tell = () => {}) {
      await this.start(tell);
      return this.send(message, tell);
    }

    start(tell) {
      this.started ??= this.begin(tell).catch((error) => {
        this.end(error);
        throw error instanceof Stopped ? error : new NotStarted(error.message);
      });
      return this.started;
    }

    async begin(tell) {
      const { worker, pyodide, library, data } = this.settings;
      this.worker = new Worker(asOwn(worker), { type: "module" });
      this.worker.addEventListener("message", ({ data: { id, kind, content } }) => {
        this.hear(id, kind, content);
      });
      this.worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.end(new Error(event.message || "its worker did not start"));
      });
      await this.send({ ask: "start", pyodide, library, data }, tell);
    }

    send(message, tell) {
      const id = ++this.count;
      return new Promise((resolve, reject) => {
        this.open.set(id, { resolve, reject, tell });
        this.worker.postMessage({ id, ...message }, []);
      });
    }

    hear(id, kind, content) {
      const { resolve, reject, tell } = this.open.get(id);
      if (kind !== "done" && kind !== "failed") {
        tell(kind, content);
        return;
      }
      this.open.delete(id);
      if (kind === "done") resolve(content);
      else reject(new Error(content));
    }

    // Ends the worker, whatever it does, with all its names; the next question starts another.
    stop(says) {
      this.end(new Stopped(says));
    }

    end(error) {
      this.worker?.terminate();
      this.worker = this.started = undefined;
      const waiting = [...this.open.values()];
      this.open.clear();
      for (const { reject } of waiting) reject(error);
    }
  }

  Object.assign(convlib, { Python, Stopped, NotStarted });
})();
