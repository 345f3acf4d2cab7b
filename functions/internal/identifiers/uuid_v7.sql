-- PostgreSQL 18 has uuidv7(); before it, the same layout (RFC 9562, section 5.7) is put together
-- from a random uuid: 48 bits of Unix milliseconds, then version 7, then random bits.
-- As one expression without a SET clause it becomes a part of the statement that calls it: every row has an id.
do $do$
begin
  execute format(
    $create$
      create or replace function internal.uuid_v7()
        returns uuid
        language sql
        volatile
        parallel safe
        security invoker
      return %s
    $create$,
    case when to_regprocedure('pg_catalog.uuidv7()') is not null
      then 'pg_catalog.uuidv7()'
      else $polyfill$
        encode(
          set_bit(set_bit(
            overlay(
              uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6
            ), 52, 1), 53, 1), 'hex')::uuid
      $polyfill$
    end);
end
$do$;

grant execute on function internal.uuid_v7()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system, commerce_audit;
comment on function internal.uuid_v7() is
  'A new identifier: UUID version 7, ordered by time to the millisecond and random within it.';
