select internal.attach_reference_table('commerce.subscription_plan');

select internal.grant_select('api.subscription_plan');
