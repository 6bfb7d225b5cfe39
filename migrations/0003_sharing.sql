-- Sharing: a person's account at a network, what goes out through it, and the clicks that come back.

create table connections (
    id            uuid        primary key not null,
    person_id     uuid        not null references people (id) on delete cascade,
    network       text        not null check (network in ('linkedin')),
    subject       text        not null,           -- the member's id at the network, valid for our app only
    display_name  text        not null,           -- for "is this you?"
    state         text        not null check (state in ('works', 'expired', 'revoked')),
    scopes        text        not null,
    token         bytea       not null,           -- sealed with a key of its own; see docs/security.md
    token_key     bytea       not null,           -- that key, wrapped by the key file
    expires_at    timestamptz not null,
    connected_at  timestamptz not null,
    unique (network, subject),
    unique (person_id, network)
);

-- One row per "connect" click: first the state of the OAuth hop, after it the account that waits for "is this you?".
create table connection_attempts (
    id            uuid        primary key not null,
    state_hash    bytea       not null unique,    -- SHA-256 of the OAuth state
    person_id     uuid        not null references people (id) on delete cascade,
    session_id    uuid        not null references sessions (id) on delete cascade, -- the callback must come back in it
    network       text        not null,
    return_to     text        not null,           -- path on our own origin
    expires_at    timestamptz not null,
    returned_at   timestamptz,                    -- the state is spent
    subject       text,
    display_name  text,
    scopes        text,
    token         bytea,
    token_key     bytea,
    token_expires_at timestamptz
);
create index connection_attempts_over on connection_attempts (expires_at);

create table links (
    code        text        primary key not null, -- the public part of /s/{code}
    post_id     uuid        not null references posts (id),
    target      text        not null,             -- where it leads; fixed when the share was made
    created_at  timestamptz not null
);

-- All that is kept of a click: that it happened on that day.
create table link_days (
    code    text   not null references links (code),
    day     date   not null,                      -- UTC
    clicks  bigint not null,
    primary key (code, day)
);

create table shares (
    id               uuid        primary key not null,
    person_id        uuid        not null references people (id) on delete cascade,
    post_id          uuid        not null references posts (id),
    network          text        not null check (network in ('linkedin')),
    origin           text        not null check (origin in ('manual', 'planned', 'automatic', 'declared')),
    state            text        not null check (state in ('planned', 'queued', 'held', 'posting', 'published', 'refused', 'unknown', 'cancelled')),
    reason           text,                        -- code: why it waits, or what became of it
    detail           text,                        -- what the network said, for the person
    text             text        not null,
    link_code        text        references links (code),
    run_at           timestamptz not null,        -- when the person wants it out
    due_at           timestamptz,                 -- the row is the job: when a worker looks at it next; end of a lease or of a hold
    idempotency_key  uuid        not null,
    fence            bigint      not null,        -- grows with each claim; a late worker's result is refused
    attempt          integer     not null,        -- sends so far
    body             text,                        -- exact bytes of the last send
    body_since       timestamptz,                 -- when exactly these bytes were first sent
    resend           text        check (resend in ('conflict', 'person')), -- why they go once more; a duplicate the network then names is this share
    sent_at          timestamptz,                 -- of the last send
    time_zone        text        not null,        -- of the person at the last send: decides the week
    published_at     timestamptz,                 -- when the network took it: the instant of that send
    urn              text,
    confirmed_by     text        check (confirmed_by in ('duplicate', 'probe', 'person')),
    proof_class      text        not null check (proof_class in ('A', 'B', 'C')),
    created_at       timestamptz not null,
    unique (person_id, idempotency_key),
    check (state <> 'published' or (published_at is not null and (urn is not null or proof_class <> 'A'))),
    check (state <> 'posting' or (body is not null and body_since is not null and sent_at is not null)),
    check ((due_at is null) = (state in ('published', 'refused', 'unknown', 'cancelled')))
);
-- A person shares a post once per network, unless the earlier try came to nothing.
create unique index shares_once on shares (person_id, post_id, network) where state not in ('refused', 'cancelled');
create index shares_due on shares (due_at) where due_at is not null;
create index shares_of on shares (person_id, created_at);
create index shares_published on shares (person_id, published_at) where state = 'published';
