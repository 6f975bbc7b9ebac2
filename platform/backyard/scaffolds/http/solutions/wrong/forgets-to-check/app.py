from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.get("/greeting")
    def greeting():
        return {"greeting": f"Hello, {request.args.get('name')}!"}

    return app
