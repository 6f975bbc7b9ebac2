"""Mail that the site sends: to a server by SMTP, or to the log where no server is set."""
