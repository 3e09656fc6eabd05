"""The closed words of the postbox."""

from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for; the gate derives from it which checks apply (`product.md`, the send gate)."""

    SECURITY = "security"
    SERVICE = "service"
    FOLLOW_UP = "follow_up"
    CONTACT = "contact"
    NOTICE = "notice"
    RE_CONSENT = "re_consent"


# What the rhythm counts: everything a person did not ask for.
RHYTHM_KINDS = frozenset({LetterKind.CONTACT, LetterKind.NOTICE, LetterKind.RE_CONSENT})
# RFC 8058 one-click unsubscribe stands on every letter but those a person asked for.
WITHOUT_UNSUBSCRIBE = frozenset({LetterKind.SECURITY, LetterKind.SERVICE})


class LetterState(StrEnum):
    """Where a letter is. `unknown`: we died between handing it over and hearing 250; never sent again blindly."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Refusal(StrEnum):
    """What a refusal for good says of the address: it is `gone`; `perhaps`, for no reason is told; or nothing (`other`).

    `perhaps_again`: so said on two days. Only a person decides what that means.
    """

    GONE = "gone"
    PERHAPS = "perhaps"
    PERHAPS_AGAIN = "perhaps_again"
    OTHER = "other"


class LinkPurpose(StrEnum):
    """The one act a link grants."""

    SIGN_IN = "sign_in"
    ANSWER = "answer"
    SLOTS = "slots"
    SURVEY = "survey"
    CONSENT = "consent"
    UNSUBSCRIBE = "unsubscribe"
    ADDRESS = "address"
    REPLY = "reply"
    BOOKING = "booking"
