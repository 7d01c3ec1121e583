"""Why something about documents is refused: of files in `files.py`, of the steps of a document in `flow.py`."""

from documents.reasons import files, flow

REASONS = {**files.REASONS, **flow.REASONS}
