-- Mail, the consent that it needs, and what a reminder leads to.

-- What people said, to the letter; only ever added to. Who it was is an opaque id without a reference, so that the
-- proof outlives the account.
create table consents (
    id         uuid        primary key not null,
    person_id  uuid        not null,
    purpose    text        not null,             -- connection_reminders
    given      boolean     not null,             -- false: withdrawn
    text_id    text        not null,             -- the words that were on the screen: purpose, edition, language
    text_hash  bytea       not null,             -- SHA-256 of those words
    language   text        not null,
    place      text        not null check (place in ('connect', 'me', 'mail')), -- where the choice was made
    at         timestamptz not null
);

-- What holds right now: a row is a yes. Without one no mail can be written.
create table live_consents (
    person_id         uuid        not null references people (id) on delete cascade,
    purpose           text        not null,
    text_id           text        not null,
    given_at          timestamptz not null,
    unsubscribe_hash  bytea       not null unique, -- SHA-256 of the token in the mails that ends it
    primary key (person_id, purpose)
);

-- The row is the job. Nothing of the words is kept: they are written when the mail goes out.
create table mails (
    id             uuid        primary key not null,
    person_id      uuid        not null references people (id) on delete cascade,
    connection_id  uuid        not null references connections (id) on delete cascade, -- what it is about
    kind           text        not null check (kind in ('connection_ends', 'connection_ended')),
    once           text        not null unique,   -- the same news is mailed once
    state          text        not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    due_at         timestamptz,                   -- when a worker looks at it next; end of a lease
    fence          bigint      not null,          -- grows with each claim
    tries          integer     not null,
    error          text,                          -- code of the last failure, free of addresses
    settled_at     timestamptz,
    created_at     timestamptz not null,
    check ((due_at is null) = (state <> 'waiting')),
    check ((settled_at is null) = (state = 'waiting'))
);
create index mails_due on mails (due_at) where due_at is not null;
create index mails_of on mails (connection_id);

-- The link in a reminder: good for renewing one connection, by whoever owns the account at the network.
create table renewals (
    mail_id           uuid        primary key not null references mails (id) on delete cascade,
    token_hash        bytea       not null unique, -- SHA-256 of the token in the link
    expires_at        timestamptz not null,
    state_hash        bytea       unique,          -- SHA-256 of the OAuth state, after the confirming click
    browser_hash      bytea,                       -- SHA-256 of the cookie of the browser that clicked
    state_expires_at  timestamptz
);

alter table connections add column remind_at timestamptz; -- when its end is news next
update connections set remind_at = connected_at;
create index connections_remind on connections (remind_at) where remind_at is not null;
