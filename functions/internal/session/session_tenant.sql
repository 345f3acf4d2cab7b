-- The policies of commerce_definer name this view and not internal.tenant_id(), because every statement of its functions
-- evaluates them: as a part of the statement, the look-up costs a third of a call. A session that does not hold sees no
-- rows here; the functions refuse it when they check their caller.
create or replace view internal.session_tenant as
select s.tenant_id as id
  from internal.session as s
 where s.id = nullif(current_setting('commerce.session', true), '')::pg_catalog.uuid
   and s.role = current_setting('role', true)
   and s.expires_at > transaction_timestamp();

alter view internal.session_tenant owner to commerce_system;
grant select on internal.session_tenant to commerce_definer;
comment on view internal.session_tenant is
  'The tenant of the current session, as internal.tenant_id() returns it; no row without a session that holds.';
comment on column internal.session_tenant.id is 'The tenant.';
