create or replace function internal.require_buyer()
  returns uuid
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if internal.customer_id() is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'only a registered shopper has this',
      detail = json_build_object('permission', 'buyer')::text,
      hint = 'Call register_buyer first.';
  end if;
  return internal.user_id();
end
$$;

grant execute on function internal.require_buyer() to commerce_definer;
comment on function internal.require_buyer() is
  'The users id of the current session''s buyer. SCPRM for everyone else.';
