from flask import Flask, abort, request


def create_app():
    app = Flask(__name__)

    @app.get("/greeting")
    def greeting():
        if not request.args.get("name"):
            abort(400)
        return {"greeting": "Hello, Ada!"}

    return app
