"""Reading penalties in four languages and comparing two sets of them. Public face: `codes.text.sanctions`."""
