create or replace function audit.session_digest()
  returns uuid
  language sql
  stable
  parallel safe
  security invoker
-- The digest distinguishes one session's rows from another's without revealing the session's id.
return md5(nullif(current_setting('commerce.session', true), ''))::uuid;

alter function audit.session_digest() owner to commerce_audit;
comment on function audit.session_digest() is 'A digest of the current session''s id for the log; NULL without a session.';
