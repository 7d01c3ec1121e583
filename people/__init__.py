"""Agencies (a tree with validity dates), users, posts, delegation, sign-in, inbox."""
