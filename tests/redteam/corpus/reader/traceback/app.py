class Error(Exception):
    pass


Error.__qualname__ = Error.__name__ = "\x1b[31m<b>\u202e"
ESCAPES = "\x1b]0;passed\x07\0<script>alert(1)</script>\u2066"


def create_app():
    raise Error(ESCAPES)  # <img src=x onerror=alert(1)>
