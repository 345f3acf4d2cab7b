-- Undo: drop trigger _005_tenant_key on audit.log;
select internal.attach_tenant_key('audit.log');
