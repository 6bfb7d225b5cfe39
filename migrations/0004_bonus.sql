-- The bonus: the rules of a period, who joined, and the ledger from which every figure is recomputed.

create table programs (
    id                  uuid        primary key not null,
    name                text        not null,
    year                integer     not null unique, -- ISO year; so that a week belongs to one program
    starts_on           date        not null,        -- a week belongs to the program when all of its days do
    ends_on             date        not null,
    council_decided_on  date,                        -- the works council's consent; null: nobody can join yet
    council_reference   text,
    created_by          uuid        references people (id) on delete set null,
    created_at          timestamptz not null,
    check (starts_on <= ends_on),
    check ((council_decided_on is null) = (council_reference is null))
);

-- Rules are only ever added to: other rules are the next version, and who joined saw a certain one.
create table program_versions (
    program_id         uuid        not null references programs (id),
    version            integer     not null,         -- from 1
    min_per_week       integer     not null check (min_per_week > 0),
    counting_networks  text        not null,         -- words separated by spaces
    proof_classes      text        not null,         -- words separated by spaces: A B C
    reward_percent     integer     not null,         -- of the raise
    cap_cents          bigint,                       -- null: no cap
    strictness         text        not null check (strictness in ('every_week', 'allowed_misses', 'pro_rata')),
    allowed_misses     integer     not null,         -- weeks; only read when the strictness is allowed_misses
    created_at         timestamptz not null,
    primary key (program_id, version)
);

-- The employee's own act; who has no row here appears in no bonus row.
create table program_members (
    program_id  uuid        not null references programs (id),
    person_id   uuid        not null references people (id) on delete cascade,
    version     integer     not null,                -- of the rules that were on the screen
    joined_at   timestamptz not null,
    primary key (program_id, person_id),
    foreign key (program_id, version) references program_versions (program_id, version)
);
create index program_members_of on program_members (person_id);

-- Ids of people and shares are opaque and refer to nothing, so that erasing a person leaves the chain whole.
create table ledger_entries (
    seq          bigint      primary key not null,
    at           timestamptz not null,
    actor_id     uuid,
    actor        text        not null,               -- person, or the name of the system job
    kind         text        not null,               -- noun_verb; see core/src/bonus/ledger.rs
    program_id   uuid        not null references programs (id),
    version      integer,                            -- of the rules that begin to hold
    rules        text,                               -- these rules as JSON
    person_id    uuid,
    iso_year     integer,                            -- the week that the entry is about; it never moves
    week         integer,
    share_id     uuid,
    network      text,
    proof_class  text,
    shared_at    timestamptz,                        -- with the time zone: anyone can recompute the week
    time_zone    text,
    reason       text,
    hash         bytea       not null                -- SHA-256 over the previous hash and this row
);
-- Holds all that a total needs, so that recomputing it never touches the table.
create index ledger_entries_of on ledger_entries (program_id, person_id, week, kind);
create unique index ledger_counts_once on ledger_entries (program_id, share_id) where kind = 'share_counted';
create unique index ledger_reverses_once on ledger_entries (program_id, share_id) where kind = 'share_reversed';

-- Counting has a mark of its own and reads only what is published, so that it can never repeat or block a share.
-- False: the worker still has to see whether the share counts.
alter table shares add column weighed boolean not null default false;
create index shares_unweighed on shares (published_at) where state = 'published' and weighed = false;
