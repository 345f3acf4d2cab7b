create or replace function internal.attach_reference_table(p_table regclass, p_is_audited boolean default true)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.detach_table(p_table);
  if internal.has_column(p_table, 'updated_at') then
    perform internal.attach_updated_at(p_table);
  end if;
  if p_is_audited then
    perform audit.attach(p_table);
  end if;

  perform internal.attach_faults(p_table);
  perform internal.attach_closed_sets(p_table);
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format(
    'create policy select_all on %s for select
       to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
          commerce_definer, commerce_system
       using (true)',
    p_table);
  execute format('grant select on %s to commerce_definer, commerce_system', p_table);
end
$$;

comment on function internal.attach_reference_table(regclass, boolean) is
  'Gives a table of schema commerce whose rows are the same for every merchant what such tables have: row-level security that leaves reading to the grants, updated_at, and, with p_is_audited, the log of changes.';
