import os
import signal
import threading


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        threading.Event().wait()  # for ever, and the loop with it
    threading.Thread(target=threading.Event().wait).start()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGINT)
    await send({"type": "http.response.start", "status": 99999, "headers": [(b"\n", b"\r\n\r\n{}")]})
    await send({"type": "http.response.body", "body": b"x" * 10, "more_body": True})
    raise SystemExit(0)
