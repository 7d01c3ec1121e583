"""Signer drivers, the PAdES flow, verification, trust lists; owns the verbs sign, seal, check."""
