-- Mastodon and Bluesky: accounts whose authorisation has no end, on servers that their owners name.

-- Our application at each instance of Mastodon: registered once, by whoever connects there first.
create table mastodon_applications (
    instance      text        primary key not null, -- host, or host:port
    redirect_uri  text        not null,             -- as registered; another one needs another application
    client_id     text        not null,
    token         bytea       not null,             -- the client secret, sealed
    token_key     bytea       not null,             -- its key, wrapped by the key file
    longest_text  integer     not null,             -- what the instance takes in one status
    link_length   integer     not null,             -- what it counts for an address, however long
    registered_at timestamptz not null
);

-- The tables of connections and shares anew, because SQLite cannot change a check or a column. Which networks there are
-- is written once, in core/src/network/mod.rs.
create table connections_anew (
    id            uuid        primary key not null,
    person_id     uuid        not null references people (id) on delete cascade,
    network       text        not null,
    instance      text,                           -- Mastodon: the server of the account
    subject       text        not null,           -- the member's id at the network
    display_name  text        not null,           -- for "is this you?"
    handle        text,                           -- the name by which others find the account, where there is one
    state         text        not null check (state in ('works', 'expired', 'revoked')),
    scopes        text        not null,
    token         bytea       not null,           -- sealed with a key of its own; see docs/security.md
    token_key     bytea       not null,           -- that key, wrapped by the key file
    expires_at    timestamptz,                    -- null: it has no end of its own
    connected_at  timestamptz not null,
    paused_until  timestamptz,                    -- the member's own day at the network is full until then
    unique (network, subject),
    unique (person_id, network)
);
insert into connections_anew (id, person_id, network, subject, display_name, state, scopes, token, token_key, expires_at,
    connected_at, paused_until)
select id, person_id, network, subject, display_name, state, scopes, token, token_key, expires_at, connected_at,
    paused_until from connections;
drop table connections;
alter table connections_anew rename to connections;

alter table connection_attempts add column instance text;
alter table connection_attempts add column handle text;

create table shares_anew (
    id               uuid        primary key not null,
    person_id        uuid        not null references people (id) on delete cascade,
    post_id          uuid        not null references posts (id),
    network          text        not null,
    origin           text        not null check (origin in ('manual', 'planned', 'automatic', 'declared')),
    state            text        not null check (state in ('planned', 'queued', 'held', 'posting', 'published', 'refused', 'unknown', 'cancelled')),
    reason           text,                        -- code: why it waits, or what became of it
    detail           text,                        -- what the network said, for the person
    text             text        not null,
    link_code        text        references links (code),
    run_at           timestamptz not null,        -- when the person wants it out
    due_at           timestamptz,                 -- the row is the job: when a worker looks at it next; of an unknown one: when its probe goes out
    idempotency_key  uuid        not null,
    fence            bigint      not null,        -- grows with each claim; a late worker's result is refused
    attempt          integer     not null,        -- sends so far
    body             text,                        -- exact bytes of the last send, with the key that makes a repeat the same post
    body_since       timestamptz,                 -- when exactly these bytes were first sent
    resend           text        check (resend in ('conflict', 'person', 'probe')), -- why they go once more; a duplicate the network then names is this share
    sent_at          timestamptz,                 -- of the last send
    probed_at        timestamptz,                 -- when the one probe was committed; there is no second one
    time_zone        text        not null,        -- of the person at the last send: decides the week
    published_at     timestamptz,                 -- when the network took it: the instant of that send
    urn              text,
    confirmed_by     text        check (confirmed_by in ('duplicate', 'probe', 'person')),
    proof_class      text        not null check (proof_class in ('A', 'B', 'C')),
    created_at       timestamptz not null,
    weighed          boolean     not null default false, -- counting has seen it; false: the worker still has to see whether it counts
    setbacks         integer     not null default 0, -- refusals in a row before anything was sent: tried again hourly, up to an end
    unique (person_id, idempotency_key),
    check (state <> 'published' or (published_at is not null and (urn is not null or proof_class <> 'A'))),
    check (state <> 'posting' or (body is not null and body_since is not null and sent_at is not null)),
    check (state not in ('planned', 'queued', 'held', 'posting') or due_at is not null),
    check (state not in ('published', 'refused', 'cancelled') or due_at is null)
);
insert into shares_anew (id, person_id, post_id, network, origin, state, reason, detail, text, link_code, run_at, due_at,
    idempotency_key, fence, attempt, body, body_since, resend, sent_at, probed_at, time_zone, published_at, urn,
    confirmed_by, proof_class, created_at, weighed, setbacks)
select id, person_id, post_id, network, origin, state, reason, detail, text, link_code, run_at, due_at,
    idempotency_key, fence, attempt, body, body_since, resend, sent_at, probed_at, time_zone, published_at, urn,
    confirmed_by, proof_class, created_at, weighed, setbacks from shares;
drop table shares;
alter table shares_anew rename to shares;
-- A person shares a post once per network, unless the earlier try came to nothing.
create unique index shares_once on shares (person_id, post_id, network) where state not in ('refused', 'cancelled');
create index shares_due on shares (due_at) where due_at is not null;
create index shares_of on shares (person_id, created_at);
create index shares_published on shares (person_id, published_at) where state = 'published';
create index shares_unweighed on shares (published_at) where state = 'published' and weighed = false;
create unique index shares_urn on shares (network, urn) where state = 'published';
