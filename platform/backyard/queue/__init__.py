"""Who grades what, and when: claims on submissions, fair between users, fenced by a token."""
