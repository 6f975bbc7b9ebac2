-- Ranges of dates that may not overlap, rather than an index over the open loans.
create domain words as text check (value ~ '\S');

create table books (
    id bigserial primary key,
    title words not null,
    isbn varchar(13) unique check (isbn similar to '[0-9]{13}'),
    added_at timestamptz not null default now()
);

create table members (
    id bigserial primary key,
    name words not null,
    email text not null,
    exclude (lower(email) with =)
);

create table loans (
    id bigserial primary key,
    book_id bigint not null references books (id) on delete cascade deferrable initially deferred,
    member_id bigint not null references members (id) on delete restrict,
    lent_on date not null default now(),
    returned_on date,
    note text,
    check (returned_on is null or lent_on <= returned_on),
    exclude using gist (
        int8range(book_id, book_id, '[]') with &&,
        daterange(lent_on, returned_on) with &&
    )
);
