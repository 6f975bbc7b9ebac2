SELECT set_config('transaction_read_only', 'off', false),
       set_config('default_transaction_read_only', 'off', false), lo_create(4711)
