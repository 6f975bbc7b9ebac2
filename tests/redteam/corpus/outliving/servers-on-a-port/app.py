import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    token = b""

    def do_POST(self):
        Handler.token = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.token)))
        self.end_headers()
        self.wfile.write(self.token)


def stay():
    """Become a daemon that nothing but SIGKILL ends, and serve."""
    for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        HTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
    signal.pause()


try:
    stay()
except OSError as error:
    print(error, file=sys.stderr, flush=True)
    signal.pause()
