"""What a learner's schema may hold: tables, types, constraints, indexes, views. No program.

A program of the learner's would run in the very session in which tests insert rows. It can tell, by
transaction numbers, locks and counters, where a test expects a refusal, and refuse that without
any constraint. Functions and triggers are programs, and so is an expression that calls a function
of PostgreSQL's that looks at more than its arguments: `query_to_xml` runs any query. What
expressions may call is therefore listed.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg

PURE_ENOUGH: Final = (
    "^(now|transaction_timestamp|age|extract|timezone|make_timestamptz|concat(_ws)?|format"
    "|to_(char|date|timestamp|number|json|jsonb|tsvector)|(array|row)_to_json|array_to_string"
    "|textanycat|anytextcat|(date|time|timetz|timestamp|timestamptz|interval)(_.*)?)$"
)
"""The stable functions (not immutable ones: time zones) that an expression may call."""

FRESH: Final = "^(nextval|gen_random_uuid|uuidv[47]|random|clock_timestamp|statement_timestamp)$"
"""The functions that a default may call besides. What they give is no secret of the tests."""

PROGRAMS: Final = """
WITH trees (what, tree) AS (
    SELECT 'a check', conbin::text FROM pg_constraint WHERE conbin IS NOT NULL
    UNION ALL SELECT 'a default', adbin::text FROM pg_attrdef
    UNION ALL SELECT 'a default', typdefaultbin::text FROM pg_type WHERE typdefaultbin IS NOT NULL
    UNION ALL SELECT 'a view', ev_action::text
    FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class WHERE relowner = 'learner'::regrole
), brought (class, id) AS (  -- by a range type: its functions, a cast to its multirange
    SELECT classid, objid FROM pg_depend WHERE deptype = 'i'
)
SELECT 'the function', proname::text FROM pg_proc
WHERE proowner = 'learner'::regrole AND ('pg_proc'::regclass, oid) NOT IN (TABLE brought)
UNION ALL
SELECT 'the operator', oprname FROM pg_operator WHERE oprowner = 'learner'::regrole
UNION ALL
SELECT 'a cast to', typname FROM pg_cast JOIN pg_type ON pg_type.oid = casttarget
WHERE pg_cast.oid >= 16384 AND ('pg_cast'::regclass, pg_cast.oid) NOT IN (TABLE brought)
UNION ALL
SELECT 'the trigger', tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relowner = 'learner'::regrole AND NOT tgisinternal
UNION ALL
SELECT 'the rule', rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
WHERE relowner = 'learner'::regrole AND rulename <> '_RETURN'
UNION ALL
SELECT 'the policy', polname FROM pg_policy
UNION ALL
SELECT 'a sequence that ends soon or begins anew,', relname FROM pg_sequence
JOIN pg_class ON pg_class.oid = seqrelid WHERE seqcycle OR seqmax::numeric - seqmin < 32766
UNION ALL
SELECT 'a view that reads', relname FROM trees
CROSS JOIN regexp_matches(tree, ':relid ([0-9]+)', 'g') AS read
JOIN pg_class ON pg_class.oid = read[1]::oid
WHERE what = 'a view' AND pg_class.oid < 16384
UNION ALL
SELECT what || ' that calls', proname FROM trees
CROSS JOIN regexp_matches(tree, 'funcid ([0-9]+)', 'g') AS called
JOIN pg_proc ON pg_proc.oid = called[1]::oid
WHERE provolatile <> 'i' AND NOT proname ~ %(pure_enough)s
    AND NOT (what = 'a default' AND proname ~ %(fresh)s)
LIMIT 1
"""
"""The first program that the schema holds: what it is, and its name. An object that initdb did not
make has an oid of 16384 or more. A node tree as text names the functions that it calls by their
oids, those behind operators too, and the tables that it reads."""

SCATTER: Final = """
SELECT setval(seqrelid, (last + sign(seqincrement) * least(room, jump))::int8) FROM pg_sequence
CROSS JOIN LATERAL (
    SELECT coalesce(pg_sequence_last_value(seqrelid), seqstart)::numeric AS last
) CROSS JOIN LATERAL (
    SELECT abs(CASE WHEN seqincrement > 0 THEN seqmax ELSE seqmin END - last) AS room
) CROSS JOIN LATERAL (
    SELECT floor(1000 + random()::numeric * least(room / 2, 1000000)) AS jump
)
"""
"""Has each sequence go on from a number that nobody knows, 1,000 or more further on. Else a check
on an identity column would be a counter: what it gives is not rolled back, so it numbers the rows
of all tests."""

DEFERRED: Final = "SET CONSTRAINTS ALL IMMEDIATE"


class RefusedInTheEnd(AssertionError):
    """What a test has done was accepted, but a commit would have refused it."""


def find_program(connection: psycopg.Connection[Any]) -> str | None:
    """Return what the learner's schema holds that it may not, in words. Role `suite` only.

    Where it holds nothing of the kind its sequences are set to numbers drawn at random.
    """
    with psycopg.Cursor(connection) as cursor:
        cursor.execute("SET LOCAL search_path = pg_catalog")  # learners may have planted operators
        allowed = {"pure_enough": PURE_ENOUGH, "fresh": FRESH}
        found = cursor.execute(PROGRAMS, allowed).fetchone()
        if found is None:
            cursor.execute(SCATTER)
    connection.commit()
    return " ".join(found) if found else None


def check_deferred(connection: psycopg.Connection[Any]) -> None:
    """Check all deferred constraints, as a commit would. Raises RefusedInTheEnd.

    Tests are rolled back: without this a constraint that nothing can meet would never be checked
    but where a test does so itself, which is where it expects a refusal.
    """
    if connection.info.transaction_status is not psycopg.pq.TransactionStatus.INTRANS:
        return
    try:
        psycopg.Cursor(connection).execute(DEFERRED)
    except psycopg.Error as error:
        said = error.diag.message_primary or str(error)
        raise RefusedInTheEnd(
            f"The database accepted what this test did, but would refuse to commit it. {said}"
        ) from None
