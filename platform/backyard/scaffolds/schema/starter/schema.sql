-- What learners begin with: it runs, and does not pass.
CREATE TABLE rooms ();
