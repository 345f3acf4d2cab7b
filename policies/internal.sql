-- Tables of schema internal: for the roles that own functions. No request role appears here.
grant select, insert, update, delete on internal.session to commerce_system;
grant select, update on internal.session_gate to commerce_system;
grant insert on internal.session_gate to commerce_definer;
grant select, insert, update, delete on internal.turn to commerce_definer;
grant select, update on internal.worker_lease to commerce_system;
grant select, insert, update on internal.job_run to commerce_system;
grant select on internal.live_secret to commerce_system;
grant select, insert, update, delete on internal.login_subject to commerce_definer;
grant select on internal.login_subject to commerce_system;
grant select, insert, update, delete on internal.idempotency_key to commerce_definer;
grant select, insert, update on internal.tenant_counter to commerce_definer;
grant select, insert on internal.payment_method_secret to commerce_definer;
grant select, insert, update, delete on internal.domain_claim to commerce_definer;
grant select on internal.domain_claim to commerce_system;
grant select, insert, update, delete on internal.channel_route to commerce_definer;
grant select, insert, update, delete on internal.message_claim to commerce_definer;
grant select on internal.message_claim to commerce_system;
grant select, insert, update, delete on internal.upload to commerce_definer;
grant select (tenant_id, created_at, used_at, claim_ends_at) on internal.upload to commerce_system;
grant select, insert, update, delete on internal.visitor to commerce_definer;
grant select on internal.visitor to commerce_system;
grant select (tenant_id, customer_id), delete on internal.visitor to commerce_purge;
grant select, insert, update, delete on internal.pending_receipt, internal.pending_change, internal.receipt_mark
  to commerce_definer;
grant select on internal.derived_column, internal.soft_delete_rule, internal.state_transition
  to commerce_definer;
grant select on internal.closed_set to commerce_definer, commerce_system;
grant select on internal.purge_child, internal.audit_rule to commerce_definer, commerce_purge;
grant select (tenant_id, channel_id) on internal.channel_secret to commerce_definer;
grant select (tenant_id, channel_id), delete
  on internal.channel_secret, internal.pending_receipt, internal.pending_change, internal.receipt_mark to commerce_purge;
grant select (tenant_id, saved_payment_method_id), delete on internal.payment_method_secret to commerce_purge;
