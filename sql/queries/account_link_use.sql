-- Verb: see sql/functions/account_link_use.sql.
select account_link_use(:secret_hash, :login, :hash, :now::timestamptz) as answer
