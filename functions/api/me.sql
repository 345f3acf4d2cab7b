create or replace function api.me(
  out role text,
  out team_role text,
  out permissions text[],
  out tenant_id uuid,
  out user_id uuid,
  out customer_id uuid
)
  language sql
  stable
  security definer  -- lends: reading the session and the person's own membership
  set search_path = pg_catalog, pg_temp
as $$
  select replace(s.role, 'commerce_', ''), m.role, coalesce(s.permissions, '{}'), s.tenant_id, s.user_id,
         s.customer_id
    from (
           select internal.session_role() as role, internal.session_permissions() as permissions,
                  internal.tenant_id() as tenant_id, internal.user_id() as user_id,
                  internal.customer_id() as customer_id
         ) as s
    left join commerce.team_members as m
      on m.tenant_id = s.tenant_id and m.user_id = s.user_id and m.is_active
     and s.role = 'commerce_member'
$$;

alter function api.me() owner to commerce_definer;
grant execute on function api.me() to commerce_member, commerce_buyer, commerce_anonymous;
comment on function api.me() is
  'Describes the session: its permissions, as they were when it was opened, and the caller''s own rows.
@rowName me
@returns role! {member|buyer|anonymous} The role of the caller: staff and sellers are members, a visitor is anonymous.
@returns team_role {team_members.role} The role in the merchant''s team; NULL for everyone else.
@returns permissions! The codes of the session''s permissions.
@returns tenant_id {tenant.id} The merchant; NULL for a person who has chosen none.
@returns user_id {users.id} The person; NULL for a visitor, and before the person is known here.
@returns customer_id {customer.id} The shopper as a customer of the shop; NULL for everyone else.';
