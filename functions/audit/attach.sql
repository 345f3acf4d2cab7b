-- Generates one statement-level trigger function for a table: it makes one INSERT into the log for each statement, with
-- the changed columns only, compared column by column (a generic jsonb diff costs ten times as much in bulk).
create or replace function audit.attach(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := (select c.relname from pg_catalog.pg_class as c where c.oid = p_table);
  v_key text[] := (
    select array_agg(quote_ident(a.attname) order by k.position)
      from pg_catalog.pg_index as i
     cross join unnest(i.indkey::smallint[]) with ordinality as k (attnum, position)
      join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = p_table and i.indisprimary
  );
  v_old_values text := audit.changed_values(p_table, 'o');
  v_new_values text := audit.changed_values(p_table, 'n');
  v_event record;
begin
  execute format(
    $create$
      create or replace function audit.%1$I()
        returns trigger
        language plpgsql
        security definer  -- lends: writing audit.log
        set search_path = pg_catalog, pg_temp
        -- A connection keeps the plan that was made for the rows of its first statement: a join of old and new rows
        -- by a loop, made for one of them, would compare each of a thousand with every other.
        set enable_nestloop = off
      as $body$
      declare
        v_session internal.session := internal.current_session();
        v_is_foreign boolean := false;
      begin
        -- RETURNING runs before this and could set another session, or none; that session is then not one
        -- of the tenant whose rows these are. Maintenance by the owner needs no session.
        if tg_op in ('INSERT', 'UPDATE') then
          v_is_foreign := exists (select from new_rows as n where %2$s is distinct from v_session.tenant_id);
        elsif tg_op = 'DELETE' then
          v_is_foreign := exists (select from old_rows as o where %8$s is distinct from v_session.tenant_id);
        end if;
        if v_is_foreign and not pg_has_role(session_user, 'commerce_owner', 'member') then
          perform internal.refuse_session();
        end if;

        if tg_op = 'INSERT' then
          insert into audit.log (
            tenant_key, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key, new_values
          )
          select coalesce(%2$s, '00000000-0000-0000-0000-000000000000'), %2$s, v_session.user_id, current_setting('role'), audit.session_digest(),
                 nullif(current_setting('commerce.request_id', true), ''), 'insert', tg_argv[0], %3$s, %4$s
            from new_rows as n;
        elsif tg_op = 'UPDATE' then
          insert into audit.log (
            tenant_key, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key,
            old_values, new_values
          )
          select coalesce(d.tenant_id, '00000000-0000-0000-0000-000000000000'), d.tenant_id, v_session.user_id, current_setting('role'), audit.session_digest(),
                 nullif(current_setting('commerce.request_id', true), ''), 'update', tg_argv[0], d.record_key,
                 d.old_values, d.new_values
            from (
              select %2$s as tenant_id, %3$s as record_key, %5$s as old_values, %6$s as new_values
                from old_rows as o
                join new_rows as n on %7$s
              -- What has changed is computed once, and not in the condition as well.
              offset 0
            ) as d
           where d.new_values <> '{}';
        elsif tg_op = 'DELETE' then
          insert into audit.log (
            tenant_key, tenant_id, actor_user_id, actor_role, session_id, request_id, action, table_name, record_key, old_values
          )
          select coalesce(%8$s, '00000000-0000-0000-0000-000000000000'), %8$s, v_session.user_id, current_setting('role'), audit.session_digest(),
                 nullif(current_setting('commerce.request_id', true), ''), 'delete', tg_argv[0], %9$s, %10$s
            from old_rows as o;
        else
          perform audit.log_action('truncate', tg_argv[0], null, null, null);
        end if;
        return null;
      end
      $body$
    $create$,
    'tg_' || v_name,
    audit.tenant_expression(p_table, 'n'),
    (select format('concat_ws('':'', %s)', string_agg('n.' || k, ', ')) from unnest(v_key) as k),
    audit.whole_row(p_table, 'n'),
    v_old_values,
    v_new_values,
    (select string_agg(format('o.%1$s = n.%1$s', k), ' and ') from unnest(v_key) as k),
    audit.tenant_expression(p_table, 'o'),
    (select format('concat_ws('':'', %s)', string_agg('o.' || k, ', ')) from unnest(v_key) as k),
    audit.whole_row(p_table, 'o'));
  execute format('alter function audit.%I() owner to commerce_audit', 'tg_' || v_name);
  execute format(
    'comment on function audit.%I() is %L',
    'tg_' || v_name, 'Trigger: logs changes of ' || v_name || '. Generated by audit.attach.');

  for v_event in
    select *
      from (values
        ('insert', 'referencing new table as new_rows'),
        ('update', 'referencing old table as old_rows new table as new_rows'),
        ('delete', 'referencing old table as old_rows'),
        ('truncate', '')
      ) as e (name, tables)
  loop
    execute format(
      'create or replace trigger %I after %s on %s %s for each statement execute function audit.%I(%L)',
      '_900_audit_' || v_event.name, v_event.name, p_table, v_event.tables, 'tg_' || v_name, v_name);
  end loop;
end
$$;

comment on function audit.attach(regclass) is
  'Generates and attaches the audit triggers of a table, by internal.derived_column and internal.audit_rule. Repeat it when the table''s columns or rules change.';
