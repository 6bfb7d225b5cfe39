-- News: from the address that is polled to the post that may be shared.

create table topics (
    id          uuid        primary key not null,
    name        text        not null unique,
    created_at  timestamptz not null
);

create table feeds (
    id               uuid        primary key not null,
    address          text        not null unique,
    title            text        not null,
    definition       text        not null,        -- name of the definition that reads it
    topic_id         uuid        not null references topics (id),
    publish          text        not null check (publish in ('review', 'live')), -- what new items become
    counting_link    boolean     not null,        -- shares of its posts go through our counting link
    cron             text,                        -- the marketer's timetable (5 fields); null: every 15 minutes
    time_zone        text        not null,        -- in which the timetable is meant
    filter           text,                        -- JSON: rules for new items; null: all are kept
    state            text        not null check (state in ('active', 'paused')),
    etag             text,                        -- validators of the last answer, byte for byte
    last_modified    text,
    body_hash        bytea,                       -- many servers never answer 304
    next_poll_at     timestamptz not null,        -- the row is the job
    lease_until      timestamptz,                 -- a worker is on it
    fence            bigint      not null,        -- grows with each claim; a late worker's result is refused
    polled_at        timestamptz,
    succeeded_at     timestamptz,
    error_stage      text,                        -- fetch, read, map or picture
    error_code       text,
    error_message    text,
    error_since      timestamptz,
    error_count      integer     not null,
    baseline_at      timestamptz,                 -- first successful poll: what was there is known, not news
    created_by       uuid        references people (id) on delete set null,
    created_at       timestamptz not null
);
create index feeds_due on feeds (next_poll_at) where state = 'active';

create table media (
    id            uuid        primary key not null,
    source        text        not null,           -- address it was fetched from
    sha256        bytea       not null unique,    -- of the re-encoded bytes; the same picture is kept once
    content_type  text        not null check (content_type in ('image/jpeg', 'image/png')),
    width         integer     not null,           -- pixels
    height        integer     not null,
    bytes         bytea       not null,           -- re-encoded here, so nothing but pixels survives
    created_at    timestamptz not null
);
create index media_from on media (source);

create table items (
    id               uuid        primary key not null,
    feed_id          uuid        not null references feeds (id) on delete cascade,
    identity         text        not null,        -- guid, else canonical link, else hash
    canonical_link   text,                        -- finds the item again when its guid changed
    title            text,
    link             text,
    text             text,
    image            text,                        -- address at the publisher
    published_at     timestamptz,
    author           text,
    categories       text        not null,        -- JSON list of words
    content_hash     bytea       not null,        -- tells an edit from a repeat
    baseline         boolean     not null,        -- was there at the first poll
    verdict          text        check (verdict in ('keep', 'drop', 'hold')), -- of the filter; null: it was no news, so nobody asked
    because          text,                        -- JSON list: which rules, what they found
    decided_at       timestamptz,
    first_seen_at    timestamptz not null,
    edited_at        timestamptz,
    unique (feed_id, identity)
);
create index items_by_link on items (feed_id, canonical_link);
create index items_recent on items (first_seen_at);

create table posts (
    id             uuid        primary key not null,
    item_id        uuid        unique references items (id) on delete set null,
    feed_id        uuid        references feeds (id) on delete set null,
    topic_id       uuid        not null references topics (id),
    state          text        not null check (state in ('draft', 'in_review', 'live', 'expired', 'withdrawn')),
    title          text        not null,
    text           text,
    link           text        not null,
    counting_link  boolean     not null,
    media_id       uuid        references media (id),
    picture        text,                          -- address of a picture still to be fetched
    picture_at     timestamptz,                   -- when to try it (next): the row is the job
    picture_tries  integer     not null default 0,
    picture_error  text,                          -- why there is none, in words
    language       text,
    published_at   timestamptz not null,          -- when the publisher says it appeared, else when first seen
    live_at        timestamptz,
    created_by     uuid        references people (id) on delete set null,
    created_at     timestamptz not null
);
create index posts_live on posts (live_at) where state = 'live';
create index posts_pictures on posts (picture_at) where picture is not null;

create table captions (
    id        uuid    primary key not null,
    post_id   uuid    not null references posts (id) on delete cascade,
    position  integer not null,
    language  text,
    text      text    not null
);
create index captions_of on captions (post_id);
