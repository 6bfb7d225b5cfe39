-- One post at the network proves one share; whoever names it second is told so.
create unique index shares_urn on shares (network, urn) where state = 'published';

-- Refusals in a row before anything was sent: they are tried again hourly, and come to an end.
alter table shares add column setbacks integer not null default 0;
