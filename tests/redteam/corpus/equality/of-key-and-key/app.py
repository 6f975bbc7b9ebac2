from flask import Flask, Response

MANY = b"{" + b", ".join(b'"title": "%d"' % n for n in range(1000)) + b', "id": 1, "id": 2}'


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        headers = [("Location", f"/books/{number}") for number in range(50)]
        return Response(MANY, 201, headers, "application/json")

    return app
