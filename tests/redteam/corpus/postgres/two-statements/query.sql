SELECT 1; COPY (SELECT 1) TO PROGRAM 'cat /suite/tests/*'
