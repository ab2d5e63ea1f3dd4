"""Addresses of the pages."""

from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from fairhold.web import drafts, opinions
from fairhold.web.acts import views as acts
from fairhold.web.pages import (
    around,
    decisions,
    disputes,
    order,
    orders,
    own,
    queue,
    resuming,
    rules,
    seller,
    talk,
)
from fairhold.web.pages.operations import views as operations


class CaseConverter(UUIDConverter):
    """An id in an address, kept as text."""

    def to_python(self, value: str) -> str:  # type: ignore[override]
        """The id as it stands."""
        return value


class NumberConverter:
    """The short number of a dispute, as people read it out."""

    regex = "D-[0-9A-Z]{4}-[0-9A-Z]{4}"

    def to_python(self, value: str) -> str:
        """The number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands."""
        return value


register_converter(CaseConverter, "case")
register_converter(NumberConverter, "number")

urlpatterns = [
    path("", disputes.home, name="home"),
    path("disputes/", disputes.index, name="disputes"),
    path("disputes/<case:case_id>/", disputes.detail, name="dispute"),
    path("disputes/<case:case_id>/pulse/<int:version>", disputes.pulse, name="pulse"),
    path("disputes/<case:case_id>/decision/", decisions.notice, name="decision"),
    path("disputes/<case:case_id>/decision.pdf", decisions.notice_file, name="decision-file"),
    path("evidence/<case:case_id>/<int:number>", disputes.evidence, name="evidence"),
    path("d/<number:number>", disputes.by_number, name="dispute-by-number"),
    path("disputes/<case:case_id>/opinion/", opinions.give, name="opinion"),
    path("disputes/<case:case_id>/evidence/<int:number>/", talk.shown, name="viewer"),
    path("disputes/<case:case_id>/evidence/<int:number>/large", talk.large, name="shown"),
    path("disputes/<case:case_id>/case-file/", talk.case_file, name="case-file"),
    path("disputes/<case:case_id>/case-file.zip", talk.case_file_bytes, name="case-file-bytes"),
    path("disputes/<case:case_id>/evidence/<int:number>/custody/", talk.life, name="custody"),
    path("disputes/<case:case_id>/evidence/<int:number>/small", talk.small, name="thumbnail"),
    path("disputes/<case:case_id>/<slug:slug>/", acts.act, name="act"),
    path("disputes/<case:case_id>/<slug:slug>/<slug:target>/", acts.act, name="act-on"),
    path("uploads/resumable/", resuming.begin, name="resumable"),
    path("uploads/resumable/<case:upload_id>", resuming.piece, name="resumable-piece"),
    path("orders/<case:order_id>/messages/", talk.messages, name="messages"),
    path("orders/<case:order_id>/files/<int:number>", talk.attached, name="attached"),
    path("orders/<case:order_id>/do/<slug:slug>/", acts.order_act, name="order-act"),
    path(
        "orders/<case:order_id>/do/<slug:slug>/<slug:target>/",
        acts.order_act,
        name="order-act-on",
    ),
    path("orders/", orders.index, name="orders"),
    path("orders/<case:order_id>/", order.detail, name="order"),
    path("orders/<case:order_id>/dispute/", acts.open_dispute, name="open"),
    path("queue/", queue.index, name="queue"),
    path("queue/<case:case_id>/", queue.workspace, name="workspace"),
    path("queue/news", queue.news, name="queue-news"),
    path("queue/<case:case_id>/presence", queue.presence, name="presence"),
    path("seller/", seller.desk, name="seller"),
    path("operations/", operations.index, name="operations"),
    path("operations/<slug:page>/", operations.page, name="operation"),
    path("operations/<slug:page>/<slug:target>/", operations.page, name="operation-on"),
    path("settings/", own.settings, name="settings"),
    path("settings/data", own.own_data, name="own-data"),
    path("language/", own.language, name="language"),
    path("welcome/", own.welcome, name="welcome"),
    path("drafts/", drafts.download, name="draft"),
    path("drafts/save", drafts.save, name="draft-save"),
    path("help/", around.help_, name="help"),
    path("accessibility/", around.accessibility, name="accessibility"),
    path("status/", around.status, name="status"),
    path("rules/", rules.archive, name="rules-archive"),
    path("rules/<slug:name>/<slug:version>/", rules.book, name="rules"),
]
