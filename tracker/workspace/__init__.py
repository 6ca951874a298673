"""The members' own pages: import, annotate, judge, review, history, search, setup. Views translate; services write."""
