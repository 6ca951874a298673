"""Draw docs/roles.md from the table of roles in code.

python -m scripts.roles_table            write it
python -m scripts.roles_table --check    exit 1 when the file is not what the table says
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")  # the sentences are marked for translation

from tracker.accounts.roles import ACTIONS, OFFICE, REFUSALS, Role, Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
HEAD = """# Who may do what

Drawn from `tracker/accounts/roles.py` by `python -m scripts.roles_table`; `make check` compares.

Roles are per law. **yes**; **no** is an answer 403 with the sentence below; **404** means that the thing does not exist
for that person; **not own** is yes, but for one's own words or oneself. Who has no role in the law gets 404 everywhere.
The administrator's column is what the office adds; with a role in the law that column applies too, and the better
answer counts. An administrator sees the names of laws in the settings, to care for their members, and no content.

"""
DOES = {
    "know": "know that an unpublished law, note or person exists",
    "read_drafts": "read drafts and their history",
    "read_threads": "read internal threads",
    "write": "write own drafts, submit to review",
    "edit_other": "edit another's draft",
    "publish": "publish, return, withdraw, confirm in bulk",
    "import": "import a text, confirm correspondences",
    "export": "make internal exports",
    "download_sources": "download original files",
    "statements": "see the history of statements, consents and engagements",
    "see_members": "see the members and the log of their changes",
    "members": "invite, change roles, make reset links, appoint administrators",
    "join": "take a role in a law oneself",
    "freeze": "freeze an account",
    "lift": "lift a freeze",
    "catalogue": "change topics, standards, stages and languages",
    "outgoing": "see how many messages to readers wait or failed",
    "mirror": "build and download the offline copy of the public record",
}


def table() -> str:
    """The whole page. An action without words in `DOES` is shown by its name in code."""
    lines = [
        f"| Action | {' | '.join(role.value for role in Role)} | administrator |",
        f"|---|{'---|' * (len(Role) + 1)}",
    ]
    for action, rules in ACTIONS.items():
        cells = [rules[role].value for role in Role] + [OFFICE.get(action, Rule.UNKNOWN).value]
        lines.append(f"| {DOES.get(action, action)} | {' | '.join(cells)} |")
    refusals = [f"- `{action}`: {sentence}" for action, sentence in REFUSALS.items()]
    return HEAD + "\n".join([*lines, "", "## What a refusal says", "", *refusals]) + "\n"


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        PAGE.write_text(table(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == table():
        return 0
    print("docs/roles.md differs from tracker/accounts/roles.py. Run python -m scripts.roles_table.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
