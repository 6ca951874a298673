"""The demo's accounts, one per role. They sign in on this machine only: outside the demo they are refused."""

PASSWORD = "follow the draft law"
HANDLES = ("reader", "analyst", "reviewer", "advocate", "administrator")
