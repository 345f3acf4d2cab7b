select internal.attach_reference_table('commerce.permission');

select internal.grant_select('api.permission');
