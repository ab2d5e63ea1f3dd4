"""A file per noun."""

from fairhold.store.models.clock_row import ClockRow
from fairhold.store.models.custody_event import CustodyEvent
from fairhold.store.models.dispute_case import DisputeCase
from fairhold.store.models.draft import Draft
from fairhold.store.models.inbound_mail import InboundMail
from fairhold.store.models.journal_entry import JournalEntry
from fairhold.store.models.known_file import FilePlace, KnownFile, PictureBand
from fairhold.store.models.ledger_transfer import LedgerTransfer
from fairhold.store.models.log import LogCheckpoint, LogLeaf, LogNode
from fairhold.store.models.money_halt import MoneyHalt
from fairhold.store.models.opinion import Opinion
from fairhold.store.models.order_file import OrderFile
from fairhold.store.models.outbox_message import OutboxMessage
from fairhold.store.models.parcel_row import ParcelRow
from fairhold.store.models.partial_upload import PartialUpload
from fairhold.store.models.presence import Presence
from fairhold.store.models.read_receipt import ReadReceipt
from fairhold.store.models.sealed_text import SealedText
from fairhold.store.models.staged_upload import StagedUpload
from fairhold.store.models.tracking_scan import TrackingScan
from fairhold.store.models.uptime import Beat, Outage

__all__ = [
    "Beat",
    "ClockRow",
    "CustodyEvent",
    "DisputeCase",
    "Draft",
    "FilePlace",
    "InboundMail",
    "JournalEntry",
    "KnownFile",
    "LedgerTransfer",
    "LogCheckpoint",
    "LogLeaf",
    "LogNode",
    "MoneyHalt",
    "Opinion",
    "OrderFile",
    "Outage",
    "OutboxMessage",
    "ParcelRow",
    "PartialUpload",
    "PictureBand",
    "Presence",
    "ReadReceipt",
    "SealedText",
    "StagedUpload",
    "TrackingScan",
]
