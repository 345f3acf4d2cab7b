-- Request roles have no USAGE on schema commerce: what they run can name views and functions of api only.
-- commerce_system and commerce_audit got theirs on internal and audit where those schemas were filled.
grant usage on schema api
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system;
grant usage on schema commerce to commerce_definer, commerce_system, commerce_purge;
grant usage on schema internal to commerce_auth, commerce_worker, commerce_definer, commerce_purge;
grant usage on schema audit to commerce_definer, commerce_system;
