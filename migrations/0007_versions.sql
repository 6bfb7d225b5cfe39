-- What a network said that holds for everybody, and what an admin should look at.

-- A version of an API that the network called gone: all workers use the next newer one that is configured.
create table retired_versions (
    network  text        not null,
    version  text        not null,
    seen_at  timestamptz not null,     -- believed for a day, then asked again
    primary key (network, version)
);

-- One row per kind of trouble.
create table alarms (
    code     text        primary key not null,
    detail   text,                     -- what was seen, without personal data
    since    timestamptz not null,     -- of the first time after a quiet day
    seen_at  timestamptz not null,
    times    integer     not null      -- since then
);
