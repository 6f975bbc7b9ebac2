"""How exercises come into the catalogue: from a source, through the gate, as a new version."""
