SELECT pg_ls_dir('/suite'), pg_ls_dir('.')
