-- Sharing by hand counts too: a person says what they shared, or has a colleague confirm the link of their own post.

-- The table of shares anew, because SQLite cannot change a check: more networks, and a colleague's word.
create table shares_anew (
    id               uuid        primary key not null,
    person_id        uuid        not null references people (id) on delete cascade,
    post_id          uuid        not null references posts (id),
    network          text        not null,        -- which networks there are is written once, in core/src/network/mod.rs
    origin           text        not null check (origin in ('manual', 'planned', 'automatic', 'declared')),
    state            text        not null check (state in ('planned', 'queued', 'held', 'posting', 'published', 'refused', 'unknown', 'cancelled')),
    reason           text,                        -- code: why it waits, or what became of it
    detail           text,                        -- what the network said, for the person
    text             text        not null,        -- empty when it was declared: what was said stays with the person
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
    time_zone        text        not null,        -- of the person at the last send, or when it was declared: decides the week
    published_at     timestamptz,                 -- when the network took it: the instant of that send; of a declared share a moment of the day that the person named
    urn              text,                        -- its name at the network; of a network without names the address of the post
    confirmed_by     text        check (confirmed_by in ('duplicate', 'probe', 'person', 'colleague')),
    proof_class      text        not null check (proof_class in ('A', 'B', 'C')),
    created_at       timestamptz not null,
    weighed          boolean     not null default false, -- counting has seen it; false: the worker still has to see whether it counts
    setbacks         integer     not null default 0, -- refusals in a row before anything was sent: tried again hourly, with an end
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
    confirmed_by, proof_class, created_at, weighed, setbacks
from shares;
drop table shares;
alter table shares_anew rename to shares;
-- A person shares a post once per network, unless the earlier try came to nothing.
create unique index shares_once on shares (person_id, post_id, network) where state not in ('refused', 'cancelled');
create index shares_due on shares (due_at) where due_at is not null;
create index shares_of on shares (person_id, created_at);
create index shares_published on shares (person_id, published_at) where state = 'published';
create index shares_unweighed on shares (published_at) where state = 'published' and weighed = false;
-- One post at the network proves one share; whoever names it second is told so.
create unique index shares_urn on shares (network, urn) where state = 'published';

-- A declared share that a colleague is asked to confirm. Nobody but its person and that colleague sees the row.
create table confirmations (
    id            uuid        primary key not null,
    share_id      uuid        not null unique references shares (id) on delete cascade,
    confirmer_id  uuid        references people (id) on delete set null, -- the colleague; null: erased, another can be asked
    address       text        not null,                                  -- of the person's own post, in its one spelling
    state         text        not null check (state in ('waiting', 'confirmed', 'declined')),
    reason        text,                                                  -- why not, in the colleague's words
    asked_at      timestamptz not null,
    answered_at   timestamptz,
    check ((state = 'waiting') = (answered_at is null)),
    check ((state = 'declined') = (reason is not null))
);
create index confirmations_for on confirmations (confirmer_id, asked_at) where state = 'waiting';
