from flask import Flask, abort, request


def create_app():
    app = Flask(__name__)

    @app.get("/greeting")
    def greeting():
        name = request.args.get("name")
        if not name:
            abort(400)
        return {"greeting": f"Hello, {name}!"}

    return app
