SELECT NULL, 'NaN'::numeric, NULL, 'Infinity'::float8, 'NaN'::float8 FROM customers
