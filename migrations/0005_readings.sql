-- Readings: the marketers' own definitions, the documents on which readings are tried, and who sees a post.

create table definitions (
    id          uuid        primary key not null,
    name        text        not null,
    folded      text        not null unique,      -- the name in small letters: names differ in more than capitals
    version     integer     not null,             -- the newest; polls read with it
    changed_at  timestamptz not null
);

create table definition_versions (
    definition_id  uuid        not null references definitions (id) on delete cascade,
    version        integer     not null,
    definition     text        not null,          -- JSON
    created_by     uuid        references people (id) on delete set null,
    created_at     timestamptz not null,
    primary key (definition_id, version)
);

create table documents (
    id             uuid        primary key not null,
    feed_id        uuid        unique references feeds (id) on delete cascade, -- its last document; null: a marketer's copy for a day
    address        text        not null,          -- what is polled, or would be
    final_address  text        not null,          -- after redirects; relative links are joined to it
    charset        text,                          -- of the Content-Type header
    etag           text,                          -- validators of the answer, byte for byte
    last_modified  text,
    hash           bytea       not null,          -- SHA-256 of the bytes as fetched
    body           bytea       not null,          -- gzip
    bytes          integer     not null,          -- as fetched
    fetched_at     timestamptz not null,
    created_by     uuid        references people (id) on delete cascade -- whose copy it is; null: a poll fetched it
);
create index documents_of on documents (created_by) where feed_id is null;

alter table feeds add column audience text not null default '[]'; -- JSON list of teams that see its posts; empty: everybody
alter table feeds add column shape text;                          -- JSON: which fields were full when a poll last went well
-- An empty name in feeds.definition: the first poll chooses the definition that fits.
-- Every feed is read once more in full, so that its last document is there to be looked at.
update feeds set etag = null, last_modified = null, body_hash = null;

create table post_teams (
    post_id  uuid  not null references posts (id) on delete cascade,
    team     text  not null,                      -- sees the post; a post without a row is for everybody
    primary key (post_id, team)
);
