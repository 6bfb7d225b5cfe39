-- Taking back what went out, and what goes out as a picture instead of a card.

-- What a person wants of a share that is out: gone from its network, or kept although the company took the post back.
-- The share itself stays published; this row is the job of whoever removes it.
create table removals (
    share_id    uuid        primary key not null references shares (id) on delete cascade,
    state       text        not null check (state in ('waiting', 'removed', 'failed', 'kept')),
    reason      text,                             -- code: why it waits, or why it failed
    detail      text,                             -- what the network said, for the person
    on_request  boolean     not null,             -- the company had taken the post back: then it never costs the week
    by_hand     boolean     not null,             -- the person removed it at the network and says so
    asked_at    timestamptz not null,             -- when the person last said what they want
    due_at      timestamptz,                      -- the row is the job: when a worker looks at it next, or the end of its lease
    fence       bigint      not null,             -- grows with each claim; a late worker's result is refused
    tries       integer     not null,             -- since the person asked
    removed_at  timestamptz,                      -- since then it is gone, as far as anybody knows
    check ((state = 'waiting') = (due_at is not null)),
    check ((state = 'removed') = (removed_at is not null))
);
create index removals_due on removals (due_at) where due_at is not null;

-- True: the post's picture itself goes out and the link stands in the text; false: a card that leads to the link.
alter table shares add column as_picture boolean not null default false;
