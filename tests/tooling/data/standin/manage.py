"""Answers to every command that the supervisor calls before it starts worker and web."""

import sys

print("called:", *sys.argv[1:])
