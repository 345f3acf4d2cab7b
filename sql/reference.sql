-- The currencies that a merchant may sell in, by code; minor_unit: how many decimals.
/* @name listCurrencies :many */
select c.code, c.name, c.minor_unit, c.code as "cursor!"
  from api.currency as c
 where :after::text is null or c.code > :after
 order by c.code
 limit :first!;

-- The plans of the platform, by code; NULL: without limit.
/* @name listPlans :many */
select p.code, p.name, p.is_active, p.max_products, p.max_team_members, p.max_channels, p.max_messages_per_month,
       p.max_orders_per_month, p.max_storage_bytes, p.features, p.code as "cursor!"
  from api.subscription_plan as p
 where :after::text is null or p.code > :after
 order by p.code
 limit :first!;

-- What a member of the team may be allowed to do, by code, and the roles that may do it from the start.
-- @type roles TeamRole[]
-- @doc roles The roles that have it from the start.
/* @name listPermissions :many */
select p.code, p.description,
       array(select r.role from api.role_permission as r where r.permission_code = p.code order by r.role) as "roles!",
       p.code as "cursor!"
  from api.permission as p
 where :after::text is null or p.code > :after
 order by p.code
 limit :first!;
