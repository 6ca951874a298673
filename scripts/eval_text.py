"""`make eval-text`: the quality of the engine on the development corpus, one table for each of its steps."""

from __future__ import annotations

from scripts import eval_align, eval_anchors, eval_diff, eval_parse, eval_sanctions


def main() -> None:
    for title, step in (
        ("Parsing", eval_parse.main),
        ("Correspondences", eval_align.main),
        ("Word comparison", eval_diff.main),
        ("Penalties", eval_sanctions.main),
        ("Quotes carried into another text", eval_anchors.main),
    ):
        print(f"\n{title}\n{'=' * len(title)}")
        step()


if __name__ == "__main__":
    main()
