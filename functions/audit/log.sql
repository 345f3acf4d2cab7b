select internal.attach_tenant_key('audit.log');
