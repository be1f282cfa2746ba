"""What answers each address: asks the ledger, makes a view, hands it to the template."""
