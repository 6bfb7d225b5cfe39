-- The day's limits of a network, kept where every worker reads them.

-- The network lets nobody of this application through.
create table pauses (
    network  text        primary key not null,
    until    timestamptz not null,
    since    timestamptz not null
);

-- The member's own day at the network is full until then.
alter table connections add column paused_until timestamptz;
