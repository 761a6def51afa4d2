"""The outside world: files, workbooks, documents and the ledger database."""
