"""A case file as the command line asks for it: found, gathered, and noted in the custody log."""

from fairhold.core.journal.custody import WHOLE_CASE, Act
from fairhold.core.values.roles import Actor, Role
from fairhold.flow.access import party_of
from fairhold.flow.casefile.assembled import CaseBag, case_bag
from fairhold.flow.casefile.forums import ForumError, forum
from fairhold.flow.casefile.moment import MomentError, read_moment
from fairhold.flow.custody import Shown, note
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case
from fairhold.flow.request import Viewer
from fairhold.flow.sweep import SYSTEM
from fairhold.store.queries import case_by_number

NAME = "command-line"
NOTHING_THERE, WRONGLY_ASKED = 1, 2


class Refused(Exception):
    """There is nothing to export, or it was asked for wrongly; `code` is the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def exported(number: str, side: str, moment: str | None, wanted: tuple[str, str | None]) -> CaseBag:
    """The file of dispute `number` for `side`; `wanted` is (forum, law).

    Noted as the operator's export before anything is written. Raises `Refused`.
    """
    view = _view(number, Role(side))
    desk = current()
    try:
        at = read_moment(moment) if moment else None
        made = case_bag(desk, view, at, forum(*wanted))
    except (MomentError, ForumError) as error:
        raise Refused(str(error), WRONGLY_ASKED) from None
    operator = Viewer(Actor(NAME, Role.OPERATOR))
    shown = Shown(
        WHOLE_CASE, made.bag.digest, Act.EXPORTED, f"for the {side}", case_by_number(number)
    )
    note(desk, view.file.order_id, operator, shown)
    return made


def _view(number: str, role: Role) -> View:
    """The case as that side sees it."""
    desk, found = current(), case_by_number(number)
    seen = view_of_case(desk, found, SYSTEM) if found else None
    if seen is None or found is None:
        raise Refused(f"There is no dispute {number}.", NOTHING_THERE)
    view = view_of_case(desk, found, Viewer(Actor(NAME, role), party_of(seen.file, role)))
    if view is None:
        raise Refused(f"There is no {role.value} in dispute {number}.", NOTHING_THERE)
    return view
