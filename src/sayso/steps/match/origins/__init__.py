"""On how many independent origins the claims of one position rest."""
