-- Requires: functions/internal/attach/attach_tenant_key.sql
-- Requires: functions/internal/triggers/tg__tenant_key.sql
select internal.attach_tenant_key('internal.idempotency_key');
