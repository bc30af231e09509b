"""Serve a folder on this machine and print its address: python tools/serve.py FOLDER"""

import functools
import http.server
import sys

FIRST_CHOICE = 8000
ANY_FREE_PORT = 0


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Keep the terminal quiet, so that the address stays in view."""


def open_server(handler):
    for port in (FIRST_CHOICE, ANY_FREE_PORT):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            if port == ANY_FREE_PORT:
                raise


def main(folder):
    handler = functools.partial(Handler, directory=folder)
    with open_server(handler) as server:
        address = f"http://localhost:{server.server_port}/"
        print(f"The book is at {address} (stop with Ctrl-C)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(sys.argv[1])
