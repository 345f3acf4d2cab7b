-- A visitor who writes for the first time becomes a customer, whom the visitor's later sessions have as well.
create or replace function internal.writing_customer()
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_subject text := internal.subject();
  v_customer_id uuid;
begin
  if internal.session_role() is distinct from 'commerce_anonymous' then
    perform internal.require_buyer();
    return internal.customer_id();
  elsif v_subject is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'the visitor has no token',
      detail = json_build_object('permission', 'visitor')::text,
      hint = 'Give each visitor a token of the role anonymous with a subject of its own.';
  end if;

  perform internal.require_text_within('subject', v_subject, 255);
  perform internal.take_turn('visitor ' || md5(v_subject));
  select c.id
    into v_customer_id
    from internal.visitor as v
    join commerce.customer as c on c.tenant_id = v_tenant_id and c.id = v.customer_id and not c.is_deleted
   where v.tenant_id = v_tenant_id and v.subject = v_subject;
  if not found then
    insert into commerce.customer (tenant_id) values (v_tenant_id) returning id into v_customer_id;
    insert into internal.visitor as v (tenant_id, subject, customer_id)
    values (v_tenant_id, v_subject, v_customer_id)
    on conflict (tenant_id, subject) do update
       set customer_id = excluded.customer_id, code_hash = null, code_expires_at = null;
    perform internal.bind_visitor(v_subject, v_customer_id);
  end if;
  return v_customer_id;
end
$$;

grant execute on function internal.writing_customer() to commerce_definer;
comment on function internal.writing_customer() is
  'The customer as whom the current shopper or visitor writes; made for a visitor who writes for the first time. SCTEN, SCPRM for a shopper who is not registered, and a visitor without a subject.';
