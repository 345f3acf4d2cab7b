create or replace function internal.open_session(
  p_tenant_id uuid,
  p_role text,
  p_user_id uuid default null,
  p_subject text default null,
  p_email text default null,
  p_expires_at timestamptz default null,
  out session_id uuid,
  out tenant_id uuid,
  out user_id uuid,
  out customer_id uuid,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  security definer  -- lends: finding the person in any tenant, and writing internal.session
  set search_path = pg_catalog, pg_temp
  -- BUSY is better than a request that waits for a transaction which itself waits for this session.
  set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  v_person record;
  v_permissions text[];
  v_visitor_customer_id uuid;
begin
  if p_role is null or p_role not in ('member', 'buyer', 'anonymous') then
    raise exception using
      errcode = 'SCVAL',
      message = 'role must be member, buyer or anonymous',
      detail = json_build_object('field', 'role')::text;
  end if;
  if p_tenant_id is null and (p_subject is null or p_role = 'anonymous') then
    raise exception using errcode = 'SCTEN', message = 'a session without a tenant needs a subject';
  end if;
  -- A snapshot from before a revocation would open a session with the rights that were taken away.
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception using
      errcode = 'SCVAL',
      message = 'a session must be opened at the isolation level read committed',
      detail = json_build_object('field', 'transaction_isolation')::text,
      hint = 'Open the session in a transaction of its own, and use it in any other.';
  end if;
  -- After a transaction that is revoking sessions has committed (internal.revoke_sessions).
  if p_tenant_id is null then
    lock table internal.session_gate in row share mode;
  else
    perform from internal.session_gate as g where g.tenant_id = p_tenant_id for no key update;
  end if;
  perform internal.refuse_moving(p_tenant_id);
  if p_tenant_id is not null and not exists (
    select
      from commerce.tenant as t
     where t.id = p_tenant_id and t.is_active and t.status in ('active', 'closing')
  ) then
    raise exception using errcode = 'SCTEN', message = 'no such active tenant';
  end if;

  select u.id as user_id, b.id as customer_id, s.id as seller_id, m.role as team_role, m.permissions
    into v_person
    from commerce.users as u
    left join commerce.buyer_profile as b
      on b.tenant_id = u.tenant_id and b.user_id = u.id and not b.is_deleted
    left join commerce.seller_profile as s
      on s.tenant_id = u.tenant_id and s.user_id = u.id and not s.is_deleted
    left join commerce.team_members as m
      on m.tenant_id = u.tenant_id and m.user_id = u.id and m.is_active
   where u.tenant_id = p_tenant_id
     and not u.is_deleted
     and p_role <> 'anonymous'
     and (p_user_id is null or u.id = p_user_id)
     and (p_subject is null or u.auth_subject = p_subject)
     and coalesce(p_user_id::text, p_subject) is not null;

  -- A shopper may come before there is a users row (api.register_buyer makes it); a person named by
  -- id must exist, and a member must be on the team or sell.
  if p_tenant_id is not null and (
    p_role = 'member' and v_person.team_role is null and v_person.seller_id is null
    or p_role = 'buyer' and v_person.user_id is null and (p_user_id is not null or p_subject is null)
  ) then
    raise exception using
      errcode = 'SCPRM',
      message = 'this person may not act for this tenant in this role';
  end if;

  if p_role = 'member' then
    select array_agg(distinct code)
      into v_permissions
      from (
        select r.permission_code as code
          from commerce.role_permission as r
         where r.role = v_person.team_role
        union all
        select unnest(v_person.permissions)
      ) as granted;
  end if;

  if p_role = 'anonymous' then
    select v.customer_id
      into v_visitor_customer_id
      from internal.visitor as v
     where v.tenant_id = p_tenant_id and v.subject = p_subject;
  end if;

  delete from internal.session as s
   where s.id = any (array(
     select e.id
       from internal.session as e
      where e.expires_at < now()
      limit 100
        for update skip locked
   ));

  insert into internal.session as s (
    tenant_id, user_id, customer_id, seller_id, role, permissions, subject, email, expires_at
  )
  values (
    p_tenant_id, v_person.user_id, case when p_role = 'buyer' then v_person.customer_id else v_visitor_customer_id end,
    case when p_role = 'member' then v_person.seller_id end, 'commerce_' || p_role,
    coalesce(v_permissions, '{}'), p_subject, lower(p_email),
    least(coalesce(p_expires_at, 'infinity'), now() + interval '1 hour')
  )
  returning s.id, s.tenant_id, s.user_id, s.customer_id, s.expires_at
       into session_id, tenant_id, user_id, customer_id, expires_at;
end
$$;

alter function internal.open_session(uuid, text, uuid, text, text, timestamptz) owner to commerce_system;
grant execute on function internal.open_session(uuid, text, uuid, text, text, timestamptz) to commerce_auth;
comment on function internal.open_session(uuid, text, uuid, text, text, timestamptz) is
  'Opens a session of a tenant for a member, buyer or anonymous visitor, for an hour at most. The person is named by users id or by the identity provider''s subject. A visitor with a subject is known by it again. SCTEN: no such active tenant; SCMOV: it is being moved; SCPRM: not of this tenant; SCVAL: unknown role, or a transaction at another isolation level than read committed, which might not see a revocation.';
