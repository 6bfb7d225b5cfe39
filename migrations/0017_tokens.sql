-- The life of a token after and beside its connection.

-- Tokens of connections that were ended here, until the network was asked to forget them too. They are as sealed as they
-- were; who it was is an opaque id without a reference, because the person may be gone.
create table revocations (
    connection_id  uuid        primary key not null, -- of the connection that is gone: part of what the token is sealed for
    person_id      uuid        not null,
    network        text        not null,
    subject        text        not null,            -- whose token: it may be in use again under another connection
    instance       text,
    token          bytea       not null,
    token_key      bytea       not null,
    due_at         timestamptz not null,            -- when a worker asks next; end of a lease
    fence          bigint      not null,            -- grows with each claim
    tries          integer     not null
);
create index revocations_due on revocations (due_at);

alter table connections add column check_at timestamptz; -- when the network is asked next whether it still takes the token
update connections set check_at = connected_at where network = 'linkedin';
create index connections_check on connections (check_at) where check_at is not null;
