SELECT 'infinity'::date, '200000-01-01'::date, 'infinity'::interval
