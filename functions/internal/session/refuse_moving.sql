create or replace function internal.refuse_moving(p_tenant_id uuid)
  returns void
  language plpgsql
  stable
  security definer  -- lends: reading where a merchant is
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text := (select t.status from commerce.tenant as t where t.id = p_tenant_id);
begin
  if v_status = 'moving' or exists (
    select
      from audit.tenant_move as m
     where m.tenant_key = p_tenant_id
       and case m.direction when 'in' then m.to_id is null else v_status is null end
  ) then
    raise exception using
      errcode = 'SCMOV',
      message = 'the merchant is being moved to another server',
      hint = 'Ask again in a few seconds which server has it, and repeat the whole transaction there.';
  end if;
end
$$;

alter function internal.refuse_moving(uuid) owner to commerce_system;
grant execute on function internal.refuse_moving(uuid) to commerce_definer;
comment on function internal.refuse_moving(uuid) is
  'Refuses, for now, a merchant that is being moved to or from this server, or has left it (SCMOV).';
