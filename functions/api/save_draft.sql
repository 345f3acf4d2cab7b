create or replace function api.save_draft(
  p_config jsonb,
  p_theme_id uuid default null,
  p_name text default null,
  p_draft_id uuid default null,
  p_expected_version integer default null
)
  returns api.storefront_drafts
  language plpgsql
  volatile
  security definer  -- lends: reading the storefront that the draft begins from
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('storefront.manage');
  v_draft_id uuid := p_draft_id;
  v_version integer;
  v_row api.storefront_drafts;
begin
  perform internal.refuse_faults(
    internal.object_fault('config', p_config),
    case when p_name is not null then internal.text_fault('name', p_name, 200) end
  );

  if p_draft_id is null then
    insert into commerce.storefront_drafts (tenant_id, storefront_id, base_version_id, theme_id, name, config)
    select v_tenant_id, s.id, s.published_version_id, coalesce(p_theme_id, s.theme_id), p_name, p_config
      from commerce.storefront as s
     where s.tenant_id = v_tenant_id
    returning id into v_draft_id;
  else
    select d.version
      into v_version
      from commerce.storefront_drafts as d
     where d.tenant_id = v_tenant_id and d.id = p_draft_id
       for no key update;
    if not found then
      perform internal.refuse_missing('draft_id');
    end if;
    perform internal.require_version(p_expected_version, v_version, 'storefront_drafts', p_draft_id);
    update commerce.storefront_drafts as d
       set config = p_config,
           theme_id = coalesce(p_theme_id, d.theme_id),
           name = coalesce(p_name, d.name),
           version = d.version
     where d.tenant_id = v_tenant_id and d.id = p_draft_id;
  end if;

  select d.* into v_row from api.storefront_drafts as d where d.tenant_id = v_tenant_id and d.id = v_draft_id;
  return v_row;
end
$$;

alter function api.save_draft(jsonb, uuid, text, uuid, integer) owner to commerce_definer;
grant execute on function api.save_draft(jsonb, uuid, text, uuid, integer) to commerce_member;
comment on function api.save_draft(jsonb, uuid, text, uuid, integer) is
  'Begins a draft of the storefront, with its theme unless another is named, or changes the draft named by draft_id at the version that was read; a name or theme that is NULL does not change. config is a JSON object of at most 64 KiB. Needs storefront.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL with the field.';
