"""The front page: what this is, the campaigns with their figures, what moved last and what is due."""

from flask import Blueprint

bp = Blueprint("campaigns", __name__)

@bp.get("/")
def index() -> str:
    return "x"
