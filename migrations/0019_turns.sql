-- Nobody's posts go out in a burst: through one connection one share is under way at a time, and the next one waits a minute.

alter table connections add column free_at timestamptz; -- when the next share may go out through it; while one is under way: the end of its lease

-- What is due at the same instant goes out in the order in which it was made.
drop index shares_due;
create index shares_due on shares (due_at, id) where due_at is not null;
