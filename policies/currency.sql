select internal.attach_reference_table('commerce.currency', p_is_audited => false);

select internal.grant_select('api.currency');
select internal.grant_select('api.currency', '{commerce_buyer, commerce_anonymous}', '{code, minor_unit, name}');
