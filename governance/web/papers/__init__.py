"""Pages of documents: drafting, the life of one and of many together, and proof for anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.routing import Route

from governance.web.desk import Desk, for_the_signed_in, open_to_all
from governance.web.papers import acting, bundles, document, drafting, listing, many, returning
from governance.web.papers.verifying import ask_file, look_at_file

_ACTS: Mapping[str, Callable[[Desk], Response]] = {
    "acknowledge": acting.acknowledge,
    "annul": acting.annul,
    "deliver": acting.deliver,
    "discard": acting.discard,
    "issue": acting.issue,
    "open": acting.open_document,
    "review": acting.review,
    "send": acting.send,
    "supersede": acting.supersede,
    "returned": returning.compare,
    "accept": returning.accept,
    "edit": drafting.revise,
    "many": many.take,
}
_SHOWN: Mapping[str, Callable[[Desk], Response]] = {
    "": document.show_document,
    "/copy.docx": document.copy,
    "/document.pdf": document.pdf,
    "/edit": drafting.edit,
    "/many": many.ask,
    "/many.csv": many.sample,
    "/sheet": document.sheet,
}


def _get(path: str, handler: Callable[[Desk], Response]) -> Route:
    return Route(path, for_the_signed_in(handler), methods=["GET"])


def _post(path: str, handler: Callable[[Desk], Response]) -> Route:
    return Route(path, for_the_signed_in(handler), methods=["POST"])


routes: list[Route] = [
    Route("/verify", open_to_all(ask_file), methods=["GET"]),
    Route("/verify", open_to_all(look_at_file), methods=["POST"]),
    _get("/documents", listing.list_documents),
    _post("/documents/put", listing.put_together),
    _get("/documents/new", drafting.choose),
    _post("/documents/new", drafting.begin),
    _post("/documents/new/keep", drafting.keep),
    _get("/documents/bundles", bundles.list_bundles),
    _get("/documents/bundles/{bundle}", bundles.show_bundle),
    _post("/documents/bundles/{bundle}/put", bundles.put),
    _post("/documents/bundles/{bundle}/release", bundles.release),
    *(_get(f"/documents/{{document}}{path}", handler) for path, handler in _SHOWN.items()),
    *(_post(f"/documents/{{document}}/{act}", handler) for act, handler in _ACTS.items()),
]
