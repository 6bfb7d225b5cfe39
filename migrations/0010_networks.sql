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

-- The table of connections anew, because SQLite cannot change a check or a column. Which networks there are is written
-- once, in core/src/network/mod.rs.
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
