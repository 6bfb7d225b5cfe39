-- The organisation's own page at LinkedIn: where its name in a text leads. Both or neither.
alter table organisation add column page_name text; -- as LinkedIn spells it, to the letter
alter table organisation add column page_urn text;  -- urn:li:organization: and its number

-- The page as it was when the share was made, so that a later change touches nothing that waits. Both or neither.
alter table shares add column page_name text;
alter table shares add column page_urn text;
