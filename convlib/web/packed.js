// Bytes that travel as text.
"use strict";
globalThis.convlib ??= {};
(() => {
  // A loop, because `Uint8Array.from` with a function takes ten times as long for a whole network.
  function bytesOf(text) {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
    return bytes;
  }

  // Returns a Response that reads deflated bytes as JSON or as an array buffer.
  function inflated(text) {
    const stream = new Blob([bytesOf(text)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("deflate-raw")));
  }

  Object.assign(globalThis.convlib, { bytesOf, inflated });
})();
