"""The meeting on paper, for when tablets or network fail: roll to sign, ballots, counting sheets, agenda, papers."""
