"""Single-use containers: how they are made, kept warm, spoken to and destroyed."""
