// Python in a worker of a page. It has no page: it takes messages and answers with messages.
//
// In: {id, ask, ...}, where ask is
//   "start"  pyodide, library, data: the addresses of Python, of the library and of its files
//   "run"    source, name, quiet, apart, first: one cell; see Page.run in running.py
//   "frame"  key, values: one frame of an explorer that a cell has shown
// Out: {id, kind, content}, where kind is
//   "progress"  a sentence, while Python is fetched
//   "text", "value", "drawing", "error", "report", "told", "case"  what a cell gives; see running.py
//   "done"      the answer, which ends the message with this id
//   "failed"    why there is none, which ends it too
const HOME = "/book/";
const NOT_READ = 29; // what Python knows as OSError: I/O error
const NOT_FETCHED = "A package that this cell imports could not be fetched. Run tries again.";
let python, page, current;

function post(id, kind, content) {
  postMessage({ id, kind, content });
}

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.arrayBuffer();
}

// Puts a file where Python finds it; what is in it is fetched when it is first opened.
function addFile(path, address) {
  const { FS } = python;
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, "");
  const { node } = FS.lookupPath(path);
  const open = () => {
    if (node.usedBytes) return;
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.responseType = "arraybuffer";
    try {
      request.send();
    } catch {
      throw new FS.ErrnoError(NOT_READ);
    }
    if (request.status !== 200) throw new FS.ErrnoError(NOT_READ);
    node.contents = new Uint8Array(request.response);
    node.usedBytes = node.contents.length;
  };
  node.stream_ops = { ...node.stream_ops, open };
}

// Pyodide tells only the console when its program is missing or damaged, and then waits for ever.
function damage() {
  const { warn } = console;
  return new Promise((_, reject) => {
    console.warn = (...said) => {
      warn(...said);
      for (const part of said) if (part instanceof Error) reject(part);
    };
  });
}

async function start({ id, pyodide, library, data }) {
  post(id, "progress", "Fetching Python: about 9 MB the first time …");
  const packed = bytes(library);
  packed.catch(() => {}); // told below
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const loading = loadPyodide({
    indexURL: pyodide,
    packages: ["numpy"],
    env: { CONVLIB_PAGE: "worker", HOME, MPLBACKEND: "agg" },
    stdout: () => {},
    stderr: () => {},
  });
  python = await Promise.race([loading, damage()]);
  if (!python.loadedPackages.numpy) throw new Error("NumPy did not come whole.");
  post(id, "progress", "Unpacking the library …");
  python.unpackArchive(await packed, "gztar", { extractDir: HOME });
  for (const [name, address] of Object.entries(data)) addFile(`${HOME}${name}`, address);
  page = python.runPython(`
import sys
sys.path.insert(0, ${JSON.stringify(HOME)})
from convlib.web.running import Page
Page`)((kind, content) => post(current, kind, content));
}

async function run({ id, source, name, quiet, apart, first = [] }) {
  current = id;
  const problems = [];
  const texts = [...first.map(([text]) => text), source];
  await python.loadPackagesFromImports(texts.join("\n"), {
    messageCallback: () => {},
    errorCallback: (said) => problems.push(said),
  });
  if (problems.length) {
    post(id, "error", `${NOT_FETCHED}\n${problems.join("\n")}`);
    return "error";
  }
  return page.run.callKwargs(source, name, {
    quiet: Boolean(quiet),
    apart: Boolean(apart),
    first: python.toPy(first),
  });
}

function frame({ key, values }) {
  const browser = python.pyimport("convlib.explore.homes.browser");
  return browser.frame(key, python.toPy(values)).toJs();
}

const ASKED = { start, run, frame };

onmessage = async ({ data }) => {
  try {
    post(data.id, "done", await ASKED[data.ask](data));
  } catch (error) {
    post(data.id, "failed", String(error.message || error).slice(-600));
  }
};
