create or replace function internal.tg__theme()
  returns trigger
  language plpgsql
  security definer  -- lends: reading and locking commerce.storefront_theme
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The theme is locked, because the foreign key does not wait for a deletion that is under way.
  perform
     from commerce.storefront_theme as t
    where t.id = new.theme_id
      and t.tenant_key in (new.tenant_id, '00000000-0000-0000-0000-000000000000')
      and not t.is_deleted
      for share;
  if not found then
    raise exception using
      errcode = 'SCVAL',
      message = 'theme_id must be a theme of the merchant or of the platform',
      detail = json_build_object('field', 'theme_id')::text;
  end if;
  return new;
end
$$;

alter function internal.tg__theme() owner to commerce_definer;
comment on function internal.tg__theme() is
  'Trigger: a storefront has a live theme of its merchant or of the platform (SCVAL).';
