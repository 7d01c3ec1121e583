"""The pages of guides and feedback."""
