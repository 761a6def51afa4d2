"""Channels."""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.files.channels.mail import Relay, post
    from tracker.files.channels.parcels import Delivery, Parcel, lay_ready, mail_message
    from tracker.files.channels.robots import Hook, speak
    from tracker.files.channels.secrets import MAIL, keep, optional_secret, secret, without_secrets
