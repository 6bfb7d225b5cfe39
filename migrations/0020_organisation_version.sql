-- Grows with each change, so that two admins who change the rules at once do not undo each other.
alter table organisation add column version bigint not null default 1;
