-- A condition: the enrolment `e`, of the registered participant `p`, is in what the report is
-- narrowed to.
p.registration <> 'anonymous'
AND {chosen_enrolment}
AND {chosen_person}
