-- The organisation's own rules for what goes out.

create table organisation (
    id            integer primary key not null check (id = 1), -- one organisation per deployment
    disclosure_nl text,                            -- stands below every text; null: nothing does
    disclosure_en text,
    utm_template  text not null,                   -- added to the target of a new counting link; empty: nothing is
    link_hosts    text not null,                   -- JSON list of hosts that links may lead to; empty: every one
    check ((disclosure_nl is null) = (disclosure_en is null))
);
insert into organisation (id, utm_template, link_hosts) values (1, '', '[]');

-- The line as it was when the share was made, so that a later change touches nothing that waits; null: none, or the
-- person's own text ends with it already.
alter table shares add column disclosure text;

-- "This link is live already in another post" is asked for every item on a page.
create index posts_link on posts (link);
