-- The house: people and how they sign in, and the two records that are only ever added to.
-- One text for SQLite and PostgreSQL. Ids are UUIDv7 (they sort by time); instants are UTC in whole microseconds.

create table instance (
    id            integer     primary key not null check (id = 1), -- one organisation per deployment
    key_check     bytea       not null,                            -- proves that the secret key file is still the right one
    created_at    timestamptz not null
);

create table people (
    id             uuid        primary key not null,
    email          text        not null unique,   -- lower case; how a person signs in
    name           text        not null,          -- shown to HR and admin; to marketers only if the person allows it
    password_hash  text,                          -- PHC string; null: signs in another way
    roles          text        not null,          -- words separated by spaces: employee marketer hr admin
    team           text,                          -- for HR's filter
    staff_no       text        unique,            -- what payroll calls this person
    language       text        not null,          -- nl or en
    time_zone      text        not null,          -- IANA name; decides in which week a share counts
    active         boolean     not null,          -- false: cannot sign in, nothing is sent for them
    created_at     timestamptz not null
);

create table sessions (
    id            uuid        primary key not null,
    token_hash    bytea       not null unique,    -- SHA-256 of the cookie; the cookie itself is nowhere
    person_id     uuid        not null references people (id) on delete cascade,
    stay          boolean     not null,           -- the person asked to stay signed in
    signed_in_at  timestamptz not null,           -- when the credentials were last shown
    seen_at       timestamptz not null,           -- for the idle limit; kept to the minute
    expires_at    timestamptz not null            -- the absolute limit
);
create index sessions_of on sessions (person_id);

create table invites (
    id          uuid        primary key not null,
    token_hash  bytea       not null unique,      -- SHA-256 of the token in the link
    email       text        unique,               -- null: the set-up link that makes the first admin
    name        text        not null,
    roles       text        not null,
    team        text,
    staff_no    text,
    created_by  uuid        references people (id) on delete set null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);

-- One row per hash chain; updating it first makes writers of the same chain queue up.
create table chains (
    name  text   primary key not null,
    seq   bigint not null,                        -- number of entries
    head  bytea  not null                         -- hash of the newest entry
);

create table audit_log (
    seq         bigint      primary key not null,
    at          timestamptz not null,
    actor_id    uuid,                             -- opaque; no reference, so that erasing a person leaves the chain whole
    actor       text        not null,             -- person, anonymous, or the name of the system job
    action      text        not null,             -- noun.verb, as in feed.created
    subject_id  uuid,
    detail      text        not null,             -- JSON without personal data
    hash        bytea       not null              -- SHA-256 over the previous hash and this row
);
