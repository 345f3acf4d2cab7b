create or replace function internal.refuse_faults(variadic p_faults jsonb[])
  returns void
  language plpgsql
  volatile
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_faults jsonb[];
  v_first jsonb;
begin
  if num_nonnulls(variadic p_faults) = 0 then
    return;
  end if;
  -- Only the first fault of each field is reported: a blank value needs no message about its form as well.
  select array_agg(d.fault order by d.place)
    into v_faults
    from (
           select distinct on (e.fault ->> 'field') e.fault, f.place * 1000 + e.part as place
             from unnest(p_faults) with ordinality as f (faults, place)
            cross join lateral jsonb_array_elements(
                    case jsonb_typeof(f.faults) when 'array' then f.faults else jsonb_build_array(f.faults) end
                  ) with ordinality as e (fault, part)
            where f.faults is not null
            order by e.fault ->> 'field', f.place, e.part
         ) as d;
  v_first := v_faults[1];
  -- If only amounts are wrong, the error is that of an amount.
  if not exists (select from unnest(v_faults) as f where not f ? 'code') then
    raise exception using
      errcode = v_first ->> 'code',
      message = v_first ->> 'message',
      detail = jsonb_strip_nulls(v_first - '{code, message}'::text[])::text;
  end if;
  raise exception using
    errcode = 'SCVAL',
    message = v_first ->> 'message',
    detail = jsonb_build_object(
      'field', v_first -> 'field',
      'faults', (
        select jsonb_agg(f.fault - '{code, minor_unit}'::text[] order by f.place)
          from unnest(v_faults) with ordinality as f (fault, place)
      ))::text;
end
$$;

grant execute on function internal.refuse_faults(jsonb[]) to commerce_definer, commerce_system, commerce_purge;
comment on function internal.refuse_faults(jsonb[]) is
  'Refuses an input (SCVAL) with all of these faults, each an object of internal.fault or a list of them; NULL is none. If only amounts are wrong: SCAMT, with the first.';
