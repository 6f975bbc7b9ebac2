SELECT set_config('role', 'suite', false), set_config('session_authorization', 'postgres', false)
