SELECT rolpassword FROM pg_authid WHERE rolname = 'suite'
