"""Chains, facts and commands on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_chains", "test_commands", "test_costs", "test_facts", "test_guards"]
test_ledger_on_postgresql = on_postgres("ledger", FILES)
