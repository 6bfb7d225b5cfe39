-- What tokens in mails follow from: a secret that stays when the key file changes. Made at the next start, and sealed like a token.
alter table instance add column seed bytea;
alter table instance add column seed_key bytea; -- its key, wrapped by the key file
