"""A stand-in for the Python of a page, where the site has been built without one.

A worker that speaks the same messages hands them to this machine's own Python. What it can't
compare: how Pyodide starts, its NumPy of 32 bits, and the times.
"""

import json
import multiprocessing
import os
import sys

from tests.browser.rendered import SITE, SUB_PATH, Handler

HAS_PYTHON = (SITE / "_static" / "pyodide" / "pyodide.mjs").exists()
LEFT_OUT = (
    "The site has no Pyodide of its own (make html PYODIDE=folder): its cells were run by this "
    "machine's Python, and no notebook's in JupyterLite; start, times and 32-bit numbers were not "
    "compared."
)
WORKER = "_static/python/python_worker.js"
SCRIPT = """
const session = crypto.randomUUID();
let asked = Promise.resolve();
onmessage = ({ data }) => {
  asked = asked.then(async () => {
    const body = JSON.stringify({ session, ...data });
    const response = await fetch(new URL("ask", import.meta.url), { method: "POST", body });
    for (const message of await response.json()) postMessage({ id: data.id, ...message });
  });
};
"""


def answer(pipe):
    """Run the cells of one worker, message by message, as python_worker.js does."""
    os.environ["CONVLIB_PAGE"] = "worker"
    from convlib.explore.homes import browser
    from convlib.web import running

    running.ELSEWHERE = ("dask", "distributed")
    for name in running.ELSEWHERE:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, running._Elsewhere())
    messages = []
    page = running.Page(lambda kind, content: messages.append({"kind": kind, "content": content}))
    while True:
        asked = pipe.recv()
        if asked["ask"] == "start":
            done = None
            messages.append({"kind": "progress", "content": "Fetching Python …"})
        elif asked["ask"] == "run":
            options = {name: asked[name] for name in ("quiet", "apart", "first") if name in asked}
            done = page.run(asked["source"], asked["name"], **options)
        else:
            done = browser.frame(asked["key"], asked["values"])
        pipe.send([*messages, {"kind": "done", "content": done}])
        messages.clear()


class Workers:
    """The processes that answer, one for the worker that asked last."""

    def __init__(self):
        self.session = self.process = None

    def ask(self, message):
        if message["session"] != self.session:
            self.end()
            spawn = multiprocessing.get_context("spawn")
            self.pipe, theirs = spawn.Pipe()
            self.process = spawn.Process(target=answer, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
            self.session = message["session"]
        pipe = self.pipe
        pipe.send(message)
        return pipe.recv()

    def end(self):
        if self.process:
            self.process.kill()
            self.process.join()


class RunningHandler(Handler):
    """Serves the site; without a Pyodide of its own, its worker is the stand-in."""

    workers = Workers()

    def do_GET(self):
        if HAS_PYTHON or self.path.partition("?")[0] != SUB_PATH + WORKER:
            return super().do_GET()
        self.reply(SCRIPT.encode(), "text/javascript")

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            self.reply(json.dumps(self.workers.ask(message)).encode(), "application/json")
        except (EOFError, OSError):
            self.send_error(410)

    def reply(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)
