"""Every setting in words, for the reference page. A test holds this list against what is read."""

SETTINGS: tuple[tuple[str, str, str], ...] = (
    (
        "DATABASE_URL",
        "SQLite in the data folder",
        "The database, e.g. `postgres://user@host/name`.",
    ),
    ("SECRET_KEY", "made once, kept in the data folder", "Signs sessions and form tokens."),
    (
        "FAIRHOLD_URL",
        "`http://127.0.0.1:8000`",
        "The address people use; letters link to it. With https, cookies travel encrypted and "
        "browsers insist on it; the proxy in front must set `X-Forwarded-Proto` itself.",
    ),
    ("ALLOWED_HOSTS", "this machine and the host of FAIRHOLD_URL", "Host names that are served."),
    ("CSRF_TRUSTED_ORIGINS", "FAIRHOLD_URL where it is https", "Origins that forms may come from."),
    (
        "EMAIL_URL",
        "`console:`",
        "Where letters go: `console:`, `smtp://user:password@host:587`, `smtps://...:465`.",
    ),
    ("MAIL_FROM", "`disputes@localhost`", "The sender of letters."),
    ("FAIRHOLD_DATA", "`var` beside the code", "Evidence, the SQLite file, generated secrets."),
    ("FAIRHOLD_RULEBOOKS", "`rulebooks` beside the code", "The folder of rulebooks."),
    ("FAIRHOLD_RULEBOOK", "`aliexpress/2026-11-22`", "The book version for new orders."),
    (
        "FAIRHOLD_PROPOSAL_PHASE_DAYS",
        "as in the book (3)",
        "Days in which both sides may accept a plan after the platform has proposed one, 1 to 60.",
    ),
    (
        "FAIRHOLD_FEE_BASIS_POINTS",
        "`0`",
        "The platform's fee on what the seller gets, in hundredths of a percent, 0 to 10000.",
    ),
    (
        "FAIRHOLD_OUTAGE_SECONDS",
        "`120`",
        "A gap in the desk's beat longer than this is an outage; running clocks get it back.",
    ),
    (
        "FAIRHOLD_DECIDE_ALONE",
        "none",
        "Clauses, with commas, that decide without a person where only records of machines count: "
        "`N-0b,N-1a,N-2a,N-4a`. Both sides still have the proposal phase.",
    ),
    (
        "FAIRHOLD_LANGUAGES",
        "`languages` beside the code",
        "The folder of the translations of pages and letters.",
    ),
    (
        "FAIRHOLD_LOGISTICS",
        "`logistics` beside the code",
        "The folder of what texts and codes of carriers mean, and of usual silences by route.",
    ),
    (
        "FAIRHOLD_CARRIERS",
        "none",
        "A file of carriers that stand beside those of the book, or in their place; the form is "
        "that of `carriers.yaml`, with `cite: operator register`.",
    ),
    (
        "FAIRHOLD_NUDGES",
        "`suggest`",
        "What becomes of reminders about parcels: `suggest` shows them on the pages, `send` mails "
        "them too, `off` makes none.",
    ),
    ("FAIRHOLD_AFTERSHIP_SECRET", "none", "The secret of AfterShip's webhooks, or `_FILE`."),
    (
        "FAIRHOLD_17TRACK_KEY",
        "none",
        "The key of 17TRACK, which signs its pushes and asks its API, or `_FILE`.",
    ),
    ("FAIRHOLD_EASYPOST_SECRET", "none", "The secret of EasyPost's webhooks, or `_FILE`."),
    (
        "FAIRHOLD_TRACKING_URL",
        "none",
        "The address of 17TRACK's API; with it parcels are asked after, without it only pushes "
        "count.",
    ),
    (
        "FAIRHOLD_TRACKING_BUDGET",
        "`30`",
        "How many numbers of one carrier are asked after in a minute, 1 to 6000.",
    ),
    (
        "FAIRHOLD_LOG_NAME",
        "the host of FAIRHOLD_URL, with `/fairhold`",
        "The name of the sealed log; it stands in every checkpoint and must never change.",
    ),
    (
        "FAIRHOLD_LOG_KEY",
        "made once, kept in the data folder",
        "The key that signs checkpoints: 32 bytes in Base64, or `_FILE`.",
    ),
    (
        "FAIRHOLD_CHECKPOINTS",
        "`checkpoints` in the data folder",
        "The folder that signed checkpoints are written to; publish it.",
    ),
    (
        "FAIRHOLD_WITNESSES",
        "none",
        "Keys of witnesses whose names under a checkpoint count, with commas; `fairhold log "
        "witness` prints its own.",
    ),
    (
        "FAIRHOLD_TSA_URL",
        "none",
        "A time-stamping authority (RFC 3161) that stamps checkpoints.",
    ),
    (
        "FAIRHOLD_TSA_ROOTS",
        "none",
        "A PEM file of the authority's root certificates; it goes into case files.",
    ),
    (
        "FAIRHOLD_SEAL_KEY",
        "made once, kept in the data folder",
        "A PEM file of the RSA key that signs papers (PAdES).",
    ),
    (
        "FAIRHOLD_SEAL_CERTIFICATE",
        "made once, signed by itself",
        "A PEM file of that key's certificate, from an authority if you have one.",
    ),
    (
        "FAIRHOLD_CLAMD",
        "none",
        "ClamAV's daemon, as `/path/of/socket` or `host:port`. Without it files are not scanned, "
        "and the pages say so.",
    ),
    (
        "FAIRHOLD_RETENTION_DAYS",
        "`1096`",
        "For how many days words and files of a case are kept after its end, 1096 to 36500.",
    ),
    (
        "FAIRHOLD_MAIL_DOMAIN",
        "none",
        "The domain of the cases' own e-mail addresses, like `case+d-7k3m-9qxw@mail.example`.",
    ),
    (
        "FAIRHOLD_TEST_MODE",
        "`0`",
        "`1` lets operators move the clock of single orders. Never live.",
    ),
    ("DEBUG", "`0`", "`1` shows the insides of defects. Never live."),
)
