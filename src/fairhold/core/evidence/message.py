"""What an official message can be for, and in which language it was written."""

import re
from enum import StrEnum

MOST_MESSAGES = 500
# A BCP 47 language tag of the plain kind: `es`, `pt-BR`, `zh-Hans`.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class Tag(StrEnum):
    """The five purposes of correspondence; a message without one has none of them.

    Source: "Alibaba disputes: preserving evidence in correspondence", introduction.
    """

    SUPPLEMENT = "supplement_to_contract"
    CHANGE = "change_of_terms"
    FEEDBACK = "performance_feedback"
    OBJECTION = "objection"
    NEGOTIATION = "negotiation"
