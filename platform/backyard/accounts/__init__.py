"""Who the users are: registering, logging in and out, roles."""
